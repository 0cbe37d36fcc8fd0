import type { ConceptDrift } from '../data/results/drift.ts';
import { DriftTag } from './drift-tag.tsx';
import { driftWord } from './drift-words.ts';
import { Facts } from './facts.tsx';
import { figure } from './figures.ts';
import { TableScroll } from './table-scroll.tsx';

/** Whether the model still errs as it did, by segment; needs labels. */
export function ConceptSection({ concept }: { concept: ConceptDrift }) {
  const { sentence, labelled, reference, current, p_value, drifted, segments } = concept;
  return (
    <section aria-labelledby="concept-title">
      <h2 id="concept-title">
        What the answers mean <DriftTag drifted={drifted} />
      </h2>
      <div class="panel">
        <p>{sentence}</p>
        <Facts
          facts={[
            ['Labelled rows', figure(labelled)],
            ['Mean residual', `${figure(reference)} → ${figure(current)}`],
            ['p-value', figure(p_value)],
          ]}
        />
        {segments.length === 0 ? null : (
          <TableScroll
            caption="Mean residual (label less probability) by segment"
            columns={['Segment', 'Rows', 'Reference', 'Current', 'q', 'Verdict']}
            rows={segments.map((each) => ({
              head: `${each.feature} ${each.segment}`,
              cells: [
                figure(each.rows),
                figure(each.reference),
                figure(each.current),
                figure(each.q_value),
                driftWord(each.drifted),
              ],
            }))}
          />
        )}
      </div>
    </section>
  );
}
