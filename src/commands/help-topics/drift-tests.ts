import { plainTable } from '../../report/plain-table.ts';
import type { HelpTopic } from './index.ts';

export const driftTestsTopic: HelpTopic = {
  name: 'drift-tests',
  description: 'the drift tests by name: what each takes, and from where on it calls a feature drifted',
  text: async () => {
    const { driftTests } = await import('../../drift/tests/index.ts');
    const rows = Object.values(driftTests).map(({ name, takes, kind, threshold, inclusive }) => [
      name,
      takes.join(', '),
      kind === 'p_value'
        ? `p ${inclusive ? '≤' : '<'} ${threshold}`
        : `distance ${inclusive ? '≥' : '>'} ${threshold}`,
    ]);
    const table = plainTable(
      ['test', 'features', 'drifted'].map((head) => ({ head })),
      rows,
    );
    return `DRIFT TESTS

${table
  .split('\n')
  .map((line) => `  ${line}`.trimEnd())
  .join('\n')}

A plain name gives the peer's number where nothing misleads, else a better one; evidently:NAME and nannyml:NAME always give the
peer's. Under --convention mlops a p-value is held to the report's chance of a false alarm, and a distance to what chance makes of
it, where no threshold was given.

Chosen by: mlops drift --test FEATURE=NAME, --numerical NAME, --categorical NAME, --threshold NUMBER, --threshold FEATURE=NUMBER
In mlops.yaml: monitoring.drift.tests, numerical, categorical, threshold, thresholds, convention
mlops explain NAME says what a test measures.`;
  },
};
