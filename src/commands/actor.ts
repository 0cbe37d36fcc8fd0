import { userInfo } from 'node:os';

/** Who runs the command, for the audit: the name of the account, or MLOPS_USER where several people share one. */
export function actor(): string {
  if (process.env.MLOPS_USER) return process.env.MLOPS_USER;
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
