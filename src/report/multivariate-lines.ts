import type { MultivariateDrift } from '../data/results/drift.ts';
import { figure, percent } from './figures.ts';

const mostNamed = 5;

/** What the features together say, a line for each way of looking. */
export function multivariateLines(found: MultivariateDrift): readonly string[] {
  const { domain_classifier: classifier, pca, mmd, correlations, rows } = found;
  const sampled = rows.sampled ? `, ${rows.reference} and ${rows.current} rows drawn` : '';
  const lines: string[] = [];
  if (classifier !== null) {
    const [low, high] = classifier.interval;
    const names = classifier.features
      .slice(0, mostNamed)
      .map(({ name, share }) => `${name} ${percent(share)}`);
    lines.push(
      `together: ${drifted(classifier)}; a classifier tells the two apart with ROC AUC ${figure(classifier.roc_auc)} (${figure(low)} to ${figure(high)})${sampled}`,
      ...(classifier.drifted ? [`  by ${names.join(', ')}`] : []),
    );
  }
  if (mmd !== null)
    lines.push(`  mean discrepancy ${figure(mmd.score)}, p ${figure(mmd.p_value)}: ${drifted(mmd)}`);
  if (pca !== null)
    lines.push(
      `  reconstruction error ${figure(pca.reference)} → ${figure(pca.current)}, expected ${figure(pca.bounds[0])} to ${figure(pca.bounds[1])}: ${drifted(pca)}`,
    );
  for (const pair of correlations.slice(0, mostNamed))
    lines.push(
      `  correlation of ${pair.first} and ${pair.second}: ${figure(pair.reference)} → ${figure(pair.current)}`,
    );
  if (correlations.length > mostNamed) lines.push(`  ${correlations.length - mostNamed} more in the JSON`);
  return lines;
}

function drifted(found: { readonly drifted: boolean }): string {
  return found.drifted ? 'drifted' : 'not drifted';
}
