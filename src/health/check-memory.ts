import { freemem, totalmem } from 'node:os';
import { readProc } from '../platform/processes.ts';
import { percent } from '../report/figures.ts';
import type { Configuration } from '../workspace/index.ts';
import type { Check, Finding } from './check.ts';
import { sizeInWords } from './in-words.ts';

/** Memory of the machine that is in use and could not be given back, as `free` counts it. */
export const checkMemory: Check = {
  name: 'memory',
  contact: 'infrastructure',
  needs: 'files',
  examine: ({ workspace: { config } }) => judgeMemory(availableBytes() ?? freemem(), totalmem(), config.host),
};

function availableBytes(): number | undefined {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readProc('meminfo') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** @param available bytes that processes can still get, @param total bytes of the machine */
export function judgeMemory(available: number, total: number, limits: Configuration['host']): Finding {
  const share = 1 - available / total;
  const { memory_warning: warning, memory_critical: critical } = limits;
  const status = share > critical ? 'CRITICAL' : share > warning ? 'WARNING' : 'OK';
  return {
    status,
    summary: `${percent(share)} of ${sizeInWords(total)} in use, ${sizeInWords(available)} available`,
    observed: share,
    threshold: status === 'CRITICAL' ? critical : warning,
    limits: { alarms: 'above', warning, critical },
    unit: 'share',
    remedy: status === 'OK' ? null : 'see who takes it: ps aux --sort=-rss | head',
  };
}
