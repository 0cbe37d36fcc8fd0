import type { VolumeResult } from '../../data/results/quality.ts';
import type { Observation } from './observation.ts';

/** Too few predictions and too many are told apart: each has an alert of its own. */
export function observeVolume(volume: VolumeResult, at: number): readonly Observation[] {
  const { status, cause, sentence, busiest_hour } = volume;
  const low = cause === 'busy_hour' ? 'OK' : status;
  return [
    { kind: 'verdict', rule: 'volume', at, status: low, summary: sentence },
    {
      kind: 'value',
      rule: 'volume_high',
      at,
      value: busiest_hour,
      sample: null,
      summary: `${busiest_hour ?? 'no'} predictions in the busiest hour of the last 24`,
    },
  ];
}
