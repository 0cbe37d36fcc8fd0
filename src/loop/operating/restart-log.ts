import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';

/** What the last restart of a service printed, and what the service printed since, where it has no log of its own. */
export function restartLogPath({ paths }: Workspace, service: string): string {
  return join(paths.logs, `restart-${service.replace(/[^\w.-]+/g, '-')}.log`);
}
