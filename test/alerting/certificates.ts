import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly certFile: string;
}

/** A fresh certificate that vouches for itself, for that address or host. */
export function selfSigned(alternative: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test`;
  const files = ['-addext', `subjectAltName=${alternative}`, '-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', [...request.split(' '), ...files], { stdio: 'ignore' });
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile };
}
