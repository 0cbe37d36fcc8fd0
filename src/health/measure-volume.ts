import type { VolumeResult } from '../data/results/quality.ts';
import { volumeVerdict } from '../drift/index.ts';
import { hourlyVolume, type Store } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** So many days tell what an hour normally brings. */
const daysOfHistory = 28;

/** The runbook's verdict on the traffic of the last day, as of `now` (epoch milliseconds). */
export function measureVolume({ config }: Workspace, store: Store, now: number): VolumeResult {
  const { volume } = config.monitoring;
  return volumeVerdict(hourlyVolume(store, now, daysOfHistory), {
    expectedPerDay: volume.expected_per_day,
    warningPerHour: volume.warning_per_hour,
    criticalPerHour: volume.critical_per_hour,
    unusualPerHour: volume.unusual_per_hour,
  });
}
