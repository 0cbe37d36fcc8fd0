import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executable, runMlops } from '../executable/run-mlops.ts';

export const fixture = (name: string) => join(executable, '..', '..', 'fixtures', name);

/** Runs a command that the drill depends on. */
export async function must(workspace: string, ...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await runMlops(['-C', workspace, ...commandLine]);
  if (code !== 0) throw new Error(`${commandLine.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** A workspace with version 1 in Production, and nothing predicted yet. */
export async function productionWorkspace(): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-drill-'));
  const reference = fixture('reference.csv');
  const schema = join(workspace, 'schema.json');
  await must(workspace, 'schema', 'infer', reference, '--target', 'defaulted', '--output', schema);
  await must(
    workspace,
    'init',
    '--model',
    'sample',
    '--schema',
    'schema.json',
    '--target',
    'defaulted',
    '--yes',
  );
  await must(workspace, 'train', '--data', reference);
  await must(workspace, 'promote', '1');
  return workspace;
}

/** What an operator types, as ada, with what it printed. */
export function operate(workspace: string, ...commandLine: string[]) {
  return runMlops(['-C', workspace, ...commandLine], { env: { MLOPS_USER: 'ada' } });
}

export async function operateJson(workspace: string, ...commandLine: string[]) {
  const outcome = await operate(workspace, '--json', ...commandLine);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

/** Checks of the machine that the drill runs on are not the drill's subject. */
const ofTheMachine = ['cpu', 'memory', 'uptime', 'disk'];

/** The checks of `health` that are not OK: name and status. */
export async function troubles(workspace: string): Promise<readonly string[]> {
  const { json } = await operateJson(workspace, 'health');
  const checks: readonly { readonly name: string; readonly status: string }[] = json.checks;
  return checks
    .filter(({ name, status }) => status !== 'OK' && !ofTheMachine.includes(name))
    .map(({ name, status }) => `${name} ${status}`);
}

/** The incidents, each by its title, whether it is open, and who closed it. */
export async function incidents(workspace: string): Promise<readonly string[]> {
  const { json } = await operateJson(workspace, 'incidents');
  const found: readonly { readonly title: string; readonly closed_by: string | null }[] = json.incidents;
  return found.map(
    ({ title, closed_by }) => `${title}: ${closed_by === null ? 'open' : `closed by ${closed_by}`}`,
  );
}

/** Adds services, one a line, to mlops.yaml as `mlops init` wrote it. */
export function configureServices(workspace: string, services: string): void {
  const path = join(workspace, 'mlops.yaml');
  const text = readFileSync(path, 'utf8');
  if (!text.includes('\nservices: []\n')) throw new Error('mlops.yaml has services already');
  writeFileSync(path, text.replace('\nservices: []\n', `\nservices:\n${services}\n`));
}
