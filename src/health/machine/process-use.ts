import { setTimeout } from 'node:timers/promises';
import { pageBytes, processStat, readProc, ticksPerSecond } from '../../platform/processes.ts';

export interface ProcessUse {
  /** Share of one core, over the sample. */
  readonly cpu: number;
  /** Resident, bytes. */
  readonly memory: number;
  /** Milliseconds. */
  readonly uptime: number;
}

/** Time that CPU use is measured over: twenty ticks of the kernel's own counting. */
const sampleMs = 200;

/** What these processes use together, uptime of the oldest; undefined when all have ended. */
export async function measureUse(
  pids: readonly number[],
  signal: AbortSignal,
): Promise<ProcessUse | undefined> {
  const before = ticksOf(pids);
  const started = performance.now();
  await setTimeout(sampleMs, undefined, { signal });
  const seconds = (performance.now() - started) / 1000;
  const stats = pids.map(processStat).filter((each) => each !== undefined);
  const [oldest] = stats.map((each) => each.startedTicks).toSorted((a, b) => a - b);
  if (oldest === undefined) return undefined;
  return {
    cpu: Math.max(0, ticksOf(pids) - before) / ticksPerSecond / seconds,
    memory: stats.reduce((sum, each) => sum + each.pages * pageBytes, 0),
    uptime: Math.max(0, (machineUptime() ?? 0) - oldest / ticksPerSecond) * 1000,
  };
}

function ticksOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (processStat(pid)?.ticks ?? 0), 0);
}

/** Seconds since the machine started. */
function machineUptime(): number | undefined {
  const text = readProc('uptime');
  return text === undefined ? undefined : Number(text.split(' ')[0]);
}
