import { scaleLinear } from 'd3-scale';
import type { FeatureRun } from '../data/results/drift-history.ts';
import { figure } from './figures.ts';

/** From so far past the threshold on it is drawn at the top. */
const most = 3;

/** A feature's score over the monitoring runs, oldest first, drawn against its threshold; large dots are runs that drifted. */
export function ScoreStrip({ name, runs }: { name: string; runs: readonly FeatureRun[] }) {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined || runs.length < 2) return null;
  const up = scaleLinear([0, most], [92, 8]).clamp(true);
  const points = runs.flatMap(({ level, drifted }, index) =>
    level === null ? [] : [{ x: index + 0.5, y: Math.round(up(level)), drifted }],
  );
  const dots = (drifted: boolean) =>
    points
      .filter((point) => point.drifted === drifted)
      .map(({ x, y }) => `M${x} ${y}h0`)
      .join('');
  const drifted = runs.filter((run) => run.drifted).length;
  const day = ({ at }: FeatureRun) => at.slice(0, 10);
  return (
    <div class="history">
      <h4>{`Over the last ${runs.length} runs`}</h4>
      <svg class="strip" role="img" viewBox={`0 0 ${runs.length} 100`} preserveAspectRatio="none">
        <title>{`Score of ${name} over the monitoring runs`}</title>
        <desc>{`Drifted in ${drifted} of ${runs.length} runs from ${day(first)} to ${day(last)}; last score ${figure(last.score)}, threshold ${figure(last.threshold)}`}</desc>
        <line
          class="limit"
          x1="0"
          x2={runs.length}
          y1={up(1)}
          y2={up(1)}
          vector-effect="non-scaling-stroke"
        />
        <path
          class="trend"
          d={points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
        />
        <path class="under" d={dots(false)} />
        <path class="over" d={dots(true)} />
      </svg>
      <p class="soft">{`${day(first)} to ${day(last)}; the dashed line is the threshold, large dots are the ${drifted} runs that drifted`}</p>
    </div>
  );
}
