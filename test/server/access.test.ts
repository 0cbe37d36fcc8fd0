import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { serveKeyDefinition } from '../../src/data/results/serve.ts';
import { runMlops } from '../executable/run-mlops.ts';
import { applicant, configure, copyWith, serve, servingWorkspace, until } from './serving.ts';

let workspace = '';
beforeAll(async () => {
  workspace = await servingWorkspace();
});

async function makeKey(name: string, scopes: string) {
  const { stdout } = await runMlops(['--json', 'serve', 'key', name, '--scopes', scopes]);
  const { key, sha256 } = serveKeyDefinition.parse(JSON.parse(stdout));
  return { key, entry: `{ name: ${name}, sha256: ${sha256}, scopes: [${scopes}] }` };
}

describe('keys', () => {
  test('are needed for what they are for, and a reload takes new ones and drops old ones', async () => {
    const shop = await makeKey('shop', 'predict');
    const boss = await makeKey('boss', 'admin');
    const folder = copyWith(workspace, { keys: `[${shop.entry}]` });
    const serving = await serve(folder);
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const { get, post } = serving;
    expect((await get('/health')).status).toBe(200);
    const without = await post('/predict', applicant);
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await post('/predict', applicant, bearer(`${shop.key}x`))).status).toBe(401);
    expect((await post('/predict', applicant, bearer(shop.key))).status).toBe(200);
    expect((await post('/predict', applicant, { 'x-api-key': shop.key })).status).toBe(200);
    expect((await get('/model/info', bearer(shop.key))).status).toBe(403);

    configure(folder, { keys: `[${boss.entry}]`, out_of_range: 'reject' });
    serving.process.kill('SIGHUP');
    await until(async () => (await get('/model/info', bearer(boss.key))).status === 200);
    expect((await post('/predict', applicant, bearer(shop.key))).status).toBe(401);
    expect((await post('/predict', { ...applicant, age: 7 }, bearer(boss.key))).status).toBe(422);

    configure(folder, { out_of_range: 'whatever' });
    serving.process.kill('SIGHUP');
    await until(async () => serving.said().includes('the one before stays'));
    expect((await get('/model/info', bearer(boss.key))).status).toBe(200);
  });

  test('must be there before others can reach it', async () => {
    const { code, stderr } = await runMlops(['-C', workspace, 'serve', '--host', '0.0.0.0', '--port', '0']);
    expect([code, stderr]).toEqual([64, expect.stringContaining('mlops serve key NAME')]);
    const open = await serve(copyWith(workspace), '--host', '0.0.0.0', '--insecure');
    expect(open.address).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
  });
});

describe('a connection', () => {
  /** What comes back for bytes that are written as they are, until the other side closes. */
  const raw = (address: string, text: string) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(address);
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', () => undefined);
    });

  test('is answered for what there is, and refused and closed where it is no HTTP, has two lengths or long headers', async () => {
    const { address, get, post } = await serve(copyWith(workspace));
    const start = 'POST /predict HTTP/1.1\r\nhost: x\r\n';
    expect(await raw(address, 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await raw(
        address,
        `${start}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(address, `${start}x: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect((await get('/nothing')).status).toBe(404);
    const wrong = await get('/predict');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await get('/predictions/%zz')).status).toBe(400);
    expect((await get('/predictions/nobody')).status).toBe(404);
    expect((await post('/predict', applicant, { 'request-timeout': 'soon' })).status).toBe(400);
    expect((await post('/predict', applicant, { 'request-timeout': '0.0000001' })).status).toBe(504);
    const names = (await get('/')).json.addresses.map(({ path }: { path: string }) => path);
    expect(names).toEqual(expect.arrayContaining(['/predict', '/labels', '/metrics', '/monitoring/stats']));
  });

  test('that sends its request too slowly is cut, and a body that is too long is refused', async () => {
    const { address, post } = await serve(
      copyWith(workspace, { request_limit: '0.5s', body_megabytes: '0.001' }),
    );
    const slow = await raw(address, 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"age"');
    expect(slow).toMatch(/^HTTP\/1\.1 408 /);
    expect((await post('/predict', `${JSON.stringify(applicant)}${' '.repeat(2000)}`)).status).toBe(413);
    expect((await post('/predict', applicant)).status).toBe(200);
  });
});
