import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A server that loads its model at the start and refuses one that is missing or altered; what it does stands in its log. */
const program = `
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
const [name, port, model] = process.argv.slice(2);
const log = (level, text) => appendFileSync(name + '.log', new Date().toISOString() + ' ' + level + ' ' + text + '\\n');
appendFileSync('pids', process.pid + '\\n');
const failed = (error) => {
  log('ERROR', error.message);
  process.exit(1);
};
process.on('uncaughtException', failed);
if (model !== undefined) {
  const hash = createHash('sha256').update(readFileSync(model)).digest('hex');
  if (hash + '.onnx' !== basename(model)) failed(new Error('model is not what was registered'));
}
log('INFO', 'connects with password=' + process.env.SERVICE_PASSWORD);
createServer((_, response) => response.end('{"status":"ok"}')).listen(Number(port), '127.0.0.1', () => {
  writeFileSync(name + '.pid', String(process.pid));
  log('INFO', 'listens on port ' + port);
});
`;

export interface RealService {
  readonly port: number;
  /** Its line of mlops.yaml. */
  readonly line: string;
  readonly pid: () => number;
}

/** What an operator would have configured: asked at its address, restarted by a command, on a port that the system gave. */
export async function realService(
  workspace: string,
  name: string,
  { model = '', contact = 'api_down', restart }: { model?: string; contact?: string; restart?: string } = {},
): Promise<RealService> {
  const port = await freePort();
  writeFileSync(join(workspace, 'service.mjs'), program);
  const command =
    restart ??
    `kill $(cat ${name}.pid) 2>/dev/null; SERVICE_PASSWORD=hunter2 ${process.execPath} service.mjs ${name} ${port} ${model} &`;
  const settings = {
    name,
    url: `http://127.0.0.1:${port}/health`,
    listener: `./${name}.pid`,
    logs: `${name}.log`,
    restart: command,
    restart_timeout_ms: 3000,
    warning_ms: 30_000,
    critical_ms: 60_000,
    timeout_ms: 30_000,
    contact,
  };
  const pid = () => Number(readFileSync(join(workspace, `${name}.pid`), 'utf8'));
  return { port, line: `  - ${JSON.stringify(settings)}`, pid };
}

export function modelFile(workspace: string): string {
  const artifacts = join('.mlops', 'artifacts');
  const [file] = readdirSync(join(workspace, artifacts)).filter((each) => each.endsWith('.onnx'));
  if (file === undefined) throw new Error('the workspace has no model');
  return join(artifacts, file);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Another process that listens there, as one forgotten by somebody would. */
export async function holdPort(port: number): Promise<ChildProcess> {
  const text = `require('node:http').createServer((_, response) => response.writeHead(404).end()).listen(${port}, '127.0.0.1', () => console.log('listens'))`;
  const holder = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return holder;
}

export async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while (runsIn(pid) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The folder that a process runs in; nothing when it has ended. */
function runsIn(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Ends every service that was ever started in this workspace. */
export function endServices(workspace: string): void {
  const pids = join(workspace, 'pids');
  if (!existsSync(pids)) return;
  for (const pid of readFileSync(pids, 'utf8').trim().split('\n').map(Number))
    if (runsIn(pid) === workspace) process.kill(pid, 'SIGKILL');
}
