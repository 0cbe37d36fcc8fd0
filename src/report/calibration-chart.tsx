import { scaleLinear } from 'd3-scale';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import { percentage } from './distribution-chart.tsx';
import { figure, percent } from './figures.ts';

/** Pixels from the top: the axis of the smallest share, and where its figures are written. */
const floor = 226;
const axis = 246;

/** Observed share over predicted probability, with intervals; on the dashed line both are equal. */
export function CalibrationChart({ calibration: { bins, error } }: Pick<Evaluation, 'calibration'>) {
  const top = Math.max(...bins.map(({ predicted, observed }) => Math.max(predicted, observed.high)), 0.01);
  const across = scaleLinear([0, top], [4, 96]);
  const up = scaleLinear([0, top], [floor, 12]);
  const y = (share: number) => Math.round(up(share) * 10) / 10;
  return (
    <svg class="chart" role="img">
      <title>Calibration</title>
      <desc>{`Observed against predicted share in ${bins.length} bins, from ${percent(bins[0]?.predicted ?? 0)} to ${percent(bins.at(-1)?.predicted ?? 0)}; mean distance ${figure(error)}`}</desc>
      {up.ticks(4).map((tick) => (
        <>
          <line class="grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          {tick === 0 ? null : (
            <text x="100%" y={y(tick) - 3} text-anchor="end">
              {`${figure(tick * 100)} %`}
            </text>
          )}
        </>
      ))}
      <line class="limit" x1={percentage(across(0))} x2={percentage(across(top))} y1={y(0)} y2={y(top)} />
      {bins.map(({ predicted, observed }) => (
        <>
          <line
            class="reference"
            x1={percentage(across(predicted))}
            x2={percentage(across(predicted))}
            y1={y(observed.low)}
            y2={y(observed.high)}
          />
          <circle class="dot" cx={percentage(across(predicted))} cy={y(observed.value)} r="4" />
        </>
      ))}
      {across.ticks(4).map((tick) => (
        <text x={percentage(across(tick))} y={axis} text-anchor="middle">
          {`${figure(tick * 100)} %`}
        </text>
      ))}
    </svg>
  );
}
