import { z } from 'zod';
import { runCommand } from '../../platform/run-command.ts';
import type { ContainerService } from '../../workspace/index.ts';

const stateDefinition = z.object({
  Status: z.string(),
  Pid: z.int().optional(),
  ExitCode: z.int().optional(),
  Error: z.string().optional(),
  OOMKilled: z.boolean().optional(),
  StartedAt: z.string().optional(),
  Health: z.object({ Status: z.string() }).nullish(),
});

export type ContainerState = z.infer<typeof stateDefinition>;

export type ContainerAnswer =
  | { readonly kind: 'state'; readonly state: ContainerState; readonly engine: string }
  | { readonly kind: 'absent'; readonly engine: string }
  /** No engine is installed, or none answers. */
  | { readonly kind: 'unknown'; readonly why: string };

interface Asking {
  readonly cwd: string;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly why: string };

/** Asks docker, podman or compose about one container; without a named engine, the first that is installed. */
export async function askContainer(
  { container, engine, timeout_ms }: ContainerService,
  where: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<ContainerAnswer> {
  const asking = { ...where, limitMs: timeout_ms };
  if (engine === 'compose') return askCompose(container, asking);
  for (const each of engine === undefined ? ['docker', 'podman'] : [engine]) {
    const answer = await inspect(each, container, asking);
    if (answer !== undefined) return answer;
  }
  return {
    kind: 'unknown',
    why: `${engine ?? 'neither docker nor podman'} is${engine ? ' not' : ''} installed here`,
  };
}

/** A service of the compose project in the workspace's folder. */
async function askCompose(service: string, asking: Asking): Promise<ContainerAnswer> {
  for (const program of [['docker', 'compose'], ['docker-compose'], ['podman-compose']] as const) {
    const [first, ...more] = program;
    const listed = await ask([first, ...more, 'ps', '--all', '--quiet', service], asking);
    if (listed.kind === 'missing') continue;
    const name = program.join(' ');
    if (listed.kind === 'failed') {
      if (/no such service/i.test(listed.why)) return { kind: 'absent', engine: name };
      if (/is not a docker command|unknown (?:command|flag|shorthand)/i.test(listed.why)) continue;
      return { kind: 'unknown', why: `${name}: ${listed.why}` };
    }
    const [id] = listed.text.split('\n');
    if (id === undefined || id === '') return { kind: 'absent', engine: name };
    const answer = await inspect(name === 'podman-compose' ? 'podman' : 'docker', id, asking);
    return answer ?? { kind: 'unknown', why: `${name} is installed, and docker is not` };
  }
  return { kind: 'unknown', why: 'neither docker compose nor podman-compose is installed here' };
}

/** Undefined where the engine is not installed. */
async function inspect(
  engine: string,
  container: string,
  asking: Asking,
): Promise<ContainerAnswer | undefined> {
  const answer = await ask(
    [engine, 'inspect', '--type', 'container', '--format', '{{json .State}}', container],
    asking,
  );
  if (answer.kind === 'missing') return undefined;
  if (answer.kind === 'failed') {
    if (/no such (?:container|object)|no container with name/i.test(answer.why))
      return { kind: 'absent', engine };
    return { kind: 'unknown', why: `${engine}: ${answer.why}` };
  }
  const parsed = stateDefinition.safeParse(jsonOf(answer.text));
  return parsed.success
    ? { kind: 'state', state: parsed.data, engine }
    : { kind: 'unknown', why: `${engine} answered what is no state of a container` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function ask(command: readonly [string, ...string[]], asking: Asking): Promise<Answer> {
  const outcome = await runCommand(command, asking);
  if (outcome.kind === 'not-started') return { kind: 'missing' };
  if (outcome.kind === 'timeout') return { kind: 'failed', why: 'it does not answer' };
  if (outcome.kind === 'killed') return { kind: 'failed', why: `killed by ${outcome.by}` };
  const text = outcome.output.trim();
  if (outcome.code === 0) return { kind: 'text', text };
  return { kind: 'failed', why: text.split('\n')[0] || `exit ${outcome.code}` };
}
