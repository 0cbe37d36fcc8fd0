import type { ContainerService } from '../../workspace/index.ts';
import { type Finding, unmeasured } from '../check.ts';
import { askContainer, type ContainerState } from '../machine/container.ts';
import { measureUse } from '../machine/process-use.ts';
import { judgeUse } from './judge-use.ts';
import { repair } from './service-finding.ts';

/** It runs, its own health check (where it has one) holds, and its main process uses no more than its limits. */
export async function examineContainer(
  service: ContainerService,
  cwd: string,
  signal: AbortSignal,
): Promise<Finding> {
  const answer = await askContainer(service, { cwd, signal });
  if (answer.kind === 'unknown') {
    return {
      ...unmeasured,
      status: 'UNKNOWN',
      summary: answer.why,
      remedy: 'start the engine, or run this where the containers are',
    };
  }
  if (answer.kind === 'absent')
    return critical(service, `${answer.engine} knows no container ${service.container}`);
  const { state } = answer;
  if (state.Status !== 'running') return critical(service, `the container ${stateInWords(state)}`);
  const health = state.Health?.Status ?? 'none';
  if (health === 'unhealthy')
    return {
      ...critical(service, 'the container runs, and its own health check fails'),
      observed: 1,
      threshold: 0,
      unit: 'problems',
    };
  const use = state.Pid ? await measureUse([state.Pid], signal) : undefined;
  const finding =
    use === undefined
      ? { ...unmeasured, status: 'OK' as const, summary: 'the container runs', remedy: null }
      : judgeUse(service, 'the container runs', use);
  if (health !== 'starting') return finding;
  return {
    ...finding,
    status: finding.status === 'OK' ? 'WARNING' : finding.status,
    summary: `${finding.summary}; its own health check has not answered yet`,
    remedy: finding.remedy ?? 'ask again in a minute',
  };
}

function stateInWords({ Status, ExitCode, OOMKilled, Error: error }: ContainerState): string {
  if (OOMKilled === true) return `ran out of memory and was killed (${Status})`;
  if (Status === 'exited' || Status === 'dead') return `has ended with exit code ${ExitCode ?? 'unknown'}`;
  return error ? `is ${Status}: ${error}` : `is ${Status}`;
}

function critical(service: ContainerService, summary: string): Finding {
  return { ...unmeasured, status: 'CRITICAL', summary, remedy: repair(service) };
}
