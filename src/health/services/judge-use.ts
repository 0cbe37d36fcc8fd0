import type { Verdict } from '../../platform/exit-codes.ts';
import { worstVerdict } from '../../platform/exit-codes.ts';
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

/** What a running process uses, against the limits that its service has. */
export function judgeUse(service: Limits, running: string, { cpu, memory, uptime }: ProcessUse): Finding {
  const megabytes = memory / megabyte;
  const cpuVerdict = verdictOf(cpu, service.cpu_warning, service.cpu_critical);
  const memoryVerdict = verdictOf(
    megabytes,
    service.memory_warning_megabytes,
    service.memory_critical_megabytes,
  );
  const status = worstVerdict([cpuVerdict, memoryVerdict]);
  const over = [
    ...(cpuVerdict === 'OK'
      ? []
      : [limitInWords('CPU', service.cpu_warning, service.cpu_critical, cpuVerdict)]),
    ...(memoryVerdict === 'OK'
      ? []
      : [
          limitInWords(
            'memory in MB',
            service.memory_warning_megabytes,
            service.memory_critical_megabytes,
            memoryVerdict,
          ),
        ]),
  ];
  const limit = service.memory_warning_megabytes ?? service.memory_critical_megabytes;
  return {
    status,
    summary: [
      `${running} for ${lengthInWords(uptime)}, ${percent(cpu)} of a core, ${sizeInWords(memory)} of memory`,
      ...over,
    ].join('; '),
    observed: memory,
    threshold: limit === undefined ? null : limit * megabyte,
    limits: {
      alarms: 'above',
      warning: scaled(service.memory_warning_megabytes),
      critical: scaled(service.memory_critical_megabytes),
    },
    unit: 'bytes',
    remedy: status === 'OK' ? null : repair(service),
  };
}

function scaled(megabytes: number | undefined): number | null {
  return megabytes === undefined ? null : megabytes * megabyte;
}

function verdictOf(value: number, warning: number | undefined, critical: number | undefined): Verdict {
  if (critical !== undefined && value > critical) return 'CRITICAL';
  return warning !== undefined && value > warning ? 'WARNING' : 'OK';
}

function limitInWords(
  what: string,
  warning: number | undefined,
  critical: number | undefined,
  verdict: Verdict,
) {
  return `${what} above ${figure((verdict === 'CRITICAL' ? critical : warning) ?? null)}`;
}
