import { parseDocument, stringify } from 'yaml';
import { isSecretName, withoutSecrets } from '../platform/redact.ts';

/** The text of mlops.yaml for others to read: no comments, no values under names that speak of a secret, no credentials in texts. */
export function configurationWithoutSecrets(text: string): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return withoutSecrets(text);
  return stringify(withoutSecretValues(document.toJS()));
}

function withoutSecretValues(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecretValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      isSecretName(key) && typeof each !== 'object' ? '•••' : withoutSecretValues(each),
    ]),
  );
}
