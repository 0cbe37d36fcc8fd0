import type { MultivariateDrift } from '../data/results/drift.ts';
import { DriftTag } from './drift-tag.tsx';
import { figure, percent } from './figures.ts';
import { TableScroll } from './table-scroll.tsx';

/** The rest is in the JSON. */
const mostListed = 10;

/** Both sides at once: whether a model tells them apart, and by what; which features no longer go together as they did. */
export function MultivariateSection({ multivariate }: { multivariate: MultivariateDrift }) {
  const { domain_classifier, pca, mmd, correlations, rows } = multivariate;
  const looked = `${figure(rows.reference)} and ${figure(rows.current)} rows${rows.sampled ? ', a sample' : ''}`;
  return (
    <section aria-labelledby="multivariate-title">
      <h2 id="multivariate-title">All features together</h2>
      <div class="panel">
        <dl class="facts">
          {domain_classifier === null ? null : (
            <Measure
              title="Can a model tell the two apart? (ROC AUC)"
              text={`${figure(domain_classifier.roc_auc)} (95 %: ${figure(domain_classifier.interval[0])} to ${figure(domain_classifier.interval[1])}; 0.5 is a guess)`}
              drifted={domain_classifier.drifted}
            />
          )}
          {pca === null ? null : (
            <Measure
              title={`Reconstruction error, ${pca.components} principal components`}
              text={`${figure(pca.reference)} → ${figure(pca.current)} (bounds ${figure(pca.bounds[0])} to ${figure(pca.bounds[1])})`}
              drifted={pca.drifted}
            />
          )}
          {mmd === null ? null : (
            <Measure
              title="Maximum mean discrepancy"
              text={`${figure(mmd.score)} (p ${figure(mmd.p_value)})`}
              drifted={mmd.drifted}
            />
          )}
        </dl>
        {domain_classifier === null || domain_classifier.features.length === 0 ? null : (
          <TableScroll
            caption="What tells the two sides apart"
            columns={['Feature', 'Part of the gain']}
            rows={domain_classifier.features.slice(0, mostListed).map(({ name, share }) => ({
              head: name,
              cells: [percent(share)],
            }))}
          />
        )}
        {correlations.length === 0 ? null : (
          <TableScroll
            caption="Rank correlations that changed, most first"
            columns={['Features', 'Reference', 'Current', 'q']}
            rows={correlations.slice(0, mostListed).map(({ first, second, reference, current, q_value }) => ({
              head: `${first} – ${second}`,
              cells: [figure(reference), figure(current), figure(q_value)],
            }))}
          />
        )}
        <p class="soft">{`Looked at ${looked}.`}</p>
      </div>
    </section>
  );
}

function Measure({ title, text, drifted }: { title: string; text: string; drifted: boolean }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {text} <DriftTag drifted={drifted} />
      </dd>
    </div>
  );
}
