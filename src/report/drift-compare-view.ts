import chalk from 'chalk';
import type { DriftComparison, FeatureChange } from '../data/results/drift-compare.ts';
import { percent } from './figures.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { visibleText } from './visible-text.ts';

const titles: Readonly<Record<Exclude<FeatureChange['change'], 'still_calm'>, string>> = {
  newly_drifted: 'newly drifted',
  no_longer_drifted: 'no longer drifted',
  still_drifted: 'still drifted',
  appeared: 'new in this comparison',
  disappeared: 'gone from this comparison',
};
const changes = ['newly_drifted', 'no_longer_drifted', 'still_drifted', 'appeared', 'disappeared'] as const;

/** Two monitoring runs for a terminal: each in a line, then what changed; features that stayed calm are only counted. */
export function driftCompareView({ before, after, features, notes }: DriftComparison): string {
  const calm = features.filter(({ change }) => change === 'still_calm').length;
  return [
    runLine(before),
    runLine(after),
    ...changes.flatMap((change) => {
      const found = features.filter((feature) => feature.change === change);
      return found.length === 0
        ? []
        : ['', chalk.bold(titles[change]), ...found.map(({ sentence }) => `  ${visibleText(sentence)}`)];
    }),
    '',
    `${calm} of ${features.length} features did not drift in either`,
    ...notes,
  ].join('\n');
}

function runLine({
  run_id,
  at,
  status,
  rows,
  features_drifted,
  features_total,
  share_drifted,
}: DriftComparison['before']) {
  return `run ${run_id}, ${at}: ${colouredVerdict(status)}, ${rows} rows, ${features_drifted} of ${features_total} features drifted (${percent(share_drifted)})`;
}
