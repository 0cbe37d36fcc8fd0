import { type Verdict, worstVerdict } from '../../platform/exit-codes.ts';
import { figure, percent } from '../../report/figures.ts';
import type { ContainerService, ProcessService } from '../../workspace/index.ts';
import type { Finding } from '../check.ts';
import { lengthInWords, sizeInWords } from '../in-words.ts';
import type { ProcessUse } from '../machine/process-use.ts';
import { repair } from './service-finding.ts';

const megabyte = 1e6;

type Limits = Pick<
  ProcessService | ContainerService,
  | 'cpu_warning'
  | 'cpu_critical'
  | 'memory_warning_megabytes'
  | 'memory_critical_megabytes'
  | 'logs'
  | 'restart'
>;

/** What a running process uses, against the limits that its service has; memory is the figure of the check. */
export function judgeUse(service: Limits, running: string, { cpu, memory, uptime }: ProcessUse): Finding {
  const warning = bytes(service.memory_warning_megabytes);
  const critical = bytes(service.memory_critical_megabytes);
  const over = [
    judge('CPU', cpu, service.cpu_warning ?? null, service.cpu_critical ?? null, figure),
    judge('memory', memory, warning, critical, sizeInWords),
  ].filter((each) => each !== undefined);
  const status = worstVerdict(over.map((each) => each.status));
  const use = `${running} for ${lengthInWords(uptime)}, ${percent(cpu)} of a core, ${sizeInWords(memory)} of memory`;
  return {
    status,
    summary: [use, ...over.map((each) => each.sentence)].join('; '),
    observed: memory,
    threshold: warning ?? critical,
    limits: { alarms: 'above', warning, critical },
    unit: 'bytes',
    remedy: status === 'OK' ? null : repair(service),
  };
}

function bytes(megabytes: number | undefined): number | null {
  return megabytes === undefined ? null : megabytes * megabyte;
}

/** Undefined where no limit is crossed. */
function judge(
  what: string,
  value: number,
  warning: number | null,
  critical: number | null,
  show: (limit: number) => string,
): { readonly status: Verdict; readonly sentence: string } | undefined {
  if (critical !== null && value > critical)
    return { status: 'CRITICAL', sentence: `${what} above ${show(critical)}` };
  if (warning !== null && value > warning)
    return { status: 'WARNING', sentence: `${what} above ${show(warning)}` };
  return undefined;
}
