const hidden = '•••';

/** Names whose values are secret, wherever they stand: `DB_PASSWORD`, `apiKey`, `routing_key`. */
const secretName =
  /passw(?:or)?d|passphrase|secret|token|api[_-]?key|routing[_-]?key|private[_-]?key|access[_-]?key|credential|webhook|\bdsn\b/i;

/** True for a key whose value is not to be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

const withName = new RegExp(
  `((?:${secretName.source})[\\w.-]*)(["']?\\s*[=:]\\s*)(?:"[^"]*"|'[^']*'|[^\\s,;&"'}]+)`,
  'gi',
);

/**
 * The text without what is secret in it: passwords in addresses, credentials in headers, and values after a name that speaks
 * of a secret. What stands beside them stays, so that the text still tells what happened.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:?[^\s/@]*@/gi, `$1${hidden}@`)
    .replace(
      /\b(authorization["']?\s*[=:]\s*["']?)(?:(basic|bearer|token)\s+)?[^\s"',}]+/gi,
      (_, head, scheme) => (scheme === undefined ? `${head}${hidden}` : `${head}${scheme} ${hidden}`),
    )
    .replace(/\b(bearer\s+)[\w.~+/=-]{8,}/gi, `$1${hidden}`)
    .replace(withName, (_, name, sign) => `${name}${sign}${hidden}`);
}

/** Shorter values are words as they stand in any text. */
const shortestSecret = 6;

/** As `withoutSecrets`, and without the values of the environment variables whose names speak of a secret. */
export function withoutEnvironmentSecrets(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const secrets = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && isSecretName(name) ? [value] : [],
  );
  return withoutSecrets(secrets.reduce((clean, secret) => clean.replaceAll(secret, hidden), text));
}
