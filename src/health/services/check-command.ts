import type { Verdict } from '../../platform/exit-codes.ts';
import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import { figure } from '../../report/figures.ts';
import type { CommandService } from '../../workspace/index.ts';
import { type Finding, unmeasured } from '../check.ts';
import { repair } from './service-finding.ts';

/** Its exit code is the verdict and the first line of its output the summary, as Nagios plugins have it. */
export async function examineCommand(
  service: CommandService,
  cwd: string,
  signal: AbortSignal,
): Promise<Finding> {
  const { command, timeout_ms } = service;
  return judgeCommand(
    service,
    await runCommand(command, { cwd, limitMs: timeout_ms, signal, output: 'start', keep: 4000 }),
  );
}

const verdicts: readonly Verdict[] = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'];
/** Characters. */
const longestSummary = 200;
const shellNotFound = 127;
const shellNotExecutable = 126;

export function judgeCommand(service: CommandService, outcome: CommandOutcome): Finding {
  if (outcome.kind === 'not-started')
    return { ...unmeasured, status: 'UNKNOWN', summary: outcome.why, remedy: correct };
  if (outcome.kind === 'timeout') {
    return {
      ...unmeasured,
      status: 'CRITICAL',
      summary: `no end within ${figure(service.timeout_ms)} ms; it was killed with all that it had started`,
      remedy: repair(service),
    };
  }
  if (outcome.kind === 'killed')
    return { ...unmeasured, status: 'CRITICAL', summary: `killed by ${outcome.by}`, remedy: repair(service) };
  const { code } = outcome;
  const status = verdicts[code] ?? 'UNKNOWN';
  const text = outcome.output.split(/\||\n/, 1)[0]?.trim().slice(0, longestSummary) ?? '';
  const cannotRun = code === shellNotFound || code === shellNotExecutable;
  return {
    status,
    summary:
      verdicts[code] === undefined ? `exit ${code}${text === '' ? '' : `: ${text}`}` : text || `exit ${code}`,
    observed: code,
    threshold: null,
    unit: 'exit_code',
    remedy: status === 'OK' ? null : cannotRun ? correct : repair(service),
  };
}

const correct = 'correct the command of this service in mlops.yaml';
