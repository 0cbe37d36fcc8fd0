import type { ModelCard } from '../data/results/model-card.ts';
import { lineageFacts } from './card-words.ts';
import { Facts } from './facts.tsx';
import { grouped } from './figures.ts';
import { TableScroll } from './table-scroll.tsx';

interface CardSubject {
  readonly card: ModelCard;
}

/** What it is for, what not, and what is known to be weak: first, because it is what a reader must not miss. */
export function LimitsSection({ card }: CardSubject) {
  const { not_for, limits } = card;
  return (
    <section class="panel" aria-labelledby="limits-title">
      <h2 id="limits-title">Limits</h2>
      {not_for.length === 0 ? null : (
        <>
          <h3>It must not be used for</h3>
          <ul class="notes">
            {not_for.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
          <h3>What its rows tell</h3>
        </>
      )}
      {limits.length === 0 ? <p>Nothing weak was found in what is known of it.</p> : null}
      <ul class="notes">
        {limits.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
    </section>
  );
}

export function GateSection({ gate }: Pick<ModelCard, 'gate'>) {
  return (
    <section aria-labelledby="gate-title">
      <h2 id="gate-title">Gate</h2>
      {gate === null ? (
        <p>The gate has not judged it.</p>
      ) : (
        <>
          <p>
            {`Decision ${gate.decision_id}: ${gate.decision}, ${gate.champion === null ? 'without a champion' : `against version ${gate.champion}`} on ${grouped(gate.rows)} labelled rows, ${gate.at}, asked by ${gate.who}.`}
          </p>
          <ul class="notes">
            {gate.criteria.map(({ passed, detail }) => (
              <li>{`${passed ? '✓ met' : '✗ not met'}: ${detail}`}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export function LineageSection({ card }: CardSubject) {
  const { training_run: run, stage_changes } = card.version;
  return (
    <section aria-labelledby="lineage-title">
      <h2 id="lineage-title">Where it comes from</h2>
      <div class="panel">
        <Facts facts={lineageFacts(card)} />
        {run === null ? null : (
          <TableScroll
            caption="Parameters of the training"
            columns={['Parameter', 'Value']}
            rows={Object.entries(run.parameters).map(([name, value]) => ({
              head: name,
              cells: [JSON.stringify(value)],
            }))}
          />
        )}
        {stage_changes.length === 0 ? null : (
          <TableScroll
            caption="Stages"
            columns={['At', 'From', 'To']}
            rows={stage_changes.map(({ at, from, to }) => ({ head: at, cells: [from, to] }))}
          />
        )}
      </div>
    </section>
  );
}
