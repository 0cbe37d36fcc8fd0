import type { FeatureDistribution } from '../data/results/drift.ts';
import { percentage } from './distribution-chart.tsx';
import { shares } from './distribution-shares.ts';
import { percent } from './figures.ts';

interface CategorySubject {
  readonly name: string;
  readonly distribution: FeatureDistribution;
}

/** More rows are read by nobody, and would make the page of a thousand features too large. */
const mostRows = 12;
/** What the widest bar stands for at least, so that empty categories draw no bar. */
const smallest = 0.001;

/** Each category's share on both sides, in figures and as a bar of two; the rare ones in one line. */
export function CategoryTable({ name, distribution }: CategorySubject) {
  const { labels = [] } = distribution;
  const reference = shares(distribution.reference);
  const current = shares(distribution.current);
  const rare = labels.length - mostRows;
  const rows = labels.slice(0, mostRows).map((label, index) => ({
    label,
    reference: reference[index] ?? 0,
    current: current[index] ?? 0,
  }));
  if (rare > 0) {
    const rest = (side: readonly number[]) => side.slice(mostRows).reduce((sum, share) => sum + share, 0);
    rows.push({ label: `${rare} more`, reference: rest(reference), current: rest(current) });
  }
  const top = Math.max(...rows.flatMap((row) => [row.reference, row.current]), smallest);
  const width = (share: number) => percentage((100 * share) / top);
  return (
    <table class="bars">
      <caption>{`Shares of the categories of ${name}`}</caption>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col">
            <span class="soft">Bar</span>
          </th>
          <th scope="col">Reference</th>
          <th scope="col">Current</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td>
              <bdi>{row.label}</bdi>
            </td>
            <td class="bar">
              <svg aria-hidden="true">
                <rect class="current" y="9" height="8" width={width(row.current)} />
                <rect class="reference" x="1" y="1" height="7" width={width(row.reference)} />
              </svg>
            </td>
            <td>{percent(row.reference)}</td>
            <td>{percent(row.current)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
