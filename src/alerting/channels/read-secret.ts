import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, systemErrorCode } from '../../platform/errors.ts';
import type { SecretSource } from './channel.ts';

/**
 * The secret's text, without the line break at the end of a file.
 * @throws ConfigurationError when the variable is not set, the file cannot be read, or either is empty; it never tells the secret
 */
export function readSecret({ key, env, file }: SecretSource, root: string): string {
  const secret = env === undefined ? fromFile(file, root) : process.env[env];
  const text = secret?.trim() ?? '';
  if (text !== '') return text;
  throw new ConfigurationError(
    env === undefined
      ? `the file of ${key}_file, ${file}, is empty`
      : `the environment variable ${env} is not set`,
    {
      why: `mlops.yaml says that it holds the ${key} of a channel`,
      remedy: 'set it where this command runs, in cron too',
    },
  );
}

function fromFile(file: string | undefined, root: string): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(root, file), 'utf8');
  } catch (error) {
    throw new ConfigurationError(`the file of a secret, ${file}, cannot be read`, {
      why: systemErrorCode(error) ?? 'it is no file',
      remedy: 'make it readable for the account that this command runs under',
    });
  }
}

/** The text with every secret struck out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
}
