import type { GateDecision, GateJudgement } from '../data/results/gate.ts';
import { Facts } from './facts.tsx';
import { figure, percent } from './figures.ts';
import { type F1Interval, f1Intervals, reachOf } from './gate-differences.ts';
import { criterionStyle, gateNextSteps } from './gate-view.ts';
import { gateInWords } from './gate-words.ts';
import { page } from './page.tsx';
import { TableScroll } from './table-scroll.tsx';

/** A decision as one HTML file that a committee can read and keep: words first, then every criterion, figure and doubt. */
export function renderGatePage(result: GateDecision): string {
  const promoted = result.decision === 'promote';
  const [decided, ...reasons] = gateInWords(result);
  return page(
    `Gate decision ${result.decision_id}: ${result.decision}`,
    <>
      <header>
        <p class="kicker">{`Gate decision ${result.decision_id} · ${result.at.slice(0, 16).replace('T', ' ')} UTC`}</p>
        <h1>
          <span class={`verdict ${promoted ? 'OK' : 'WARNING'}`}>{promoted ? 'PROMOTE' : 'REJECT'}</span>
          {result.champion === null
            ? `version ${result.challenger}`
            : `version ${result.challenger} against version ${result.champion}`}
        </h1>
        <p class="lead">{decided}</p>
      </header>
      <main>
        {reasons.map((sentence) => (
          <p class="notes">{sentence}</p>
        ))}
        <Facts
          facts={[
            ['Labelled rows', figure(result.rows)],
            ['Criteria', result.preset],
            ['Asked by', result.who],
            [
              'Criteria met',
              `${result.criteria.filter(({ passed }) => passed).length} of ${result.criteria.length}`,
            ],
          ]}
        />
        <Criteria result={result} />
        <Differences intervals={f1Intervals(result)} />
        <Costs result={result} />
        <Groups result={result} />
        <Selection result={result} />
        <Notes title="Notes" notes={result.notes} />
        <Notes title="What next" notes={gateNextSteps(result)} />
        <p class="soft">{`mlops gate replay ${result.decision_id} makes the decision again from the rows it was made on.`}</p>
      </main>
    </>,
  );
}

function Criteria({ result }: { result: GateJudgement }) {
  return (
    <section aria-labelledby="criteria-title">
      <h2 id="criteria-title">Criteria</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="scroll words" tabIndex={0} aria-label="Table of criteria">
        <table>
          <thead>
            <tr>
              <th scope="col">Criterion</th>
              <th scope="col">Met</th>
              <th scope="col">Observed</th>
              <th scope="col">Required</th>
              <th scope="col">In words</th>
            </tr>
          </thead>
          <tbody>
            {result.criteria.map(({ name, passed, observed, required, detail }) => {
              const { title, bound, write } = criterionStyle(name);
              return (
                <tr>
                  <th scope="row">
                    <bdi>{title}</bdi>
                  </th>
                  <td class={`number ${passed ? 'OK' : 'WARNING'}`}>{passed ? 'yes' : 'no'}</td>
                  <td class="number">{observed === null ? '–' : write(observed)}</td>
                  <td class="number">{required === null ? '–' : `${bound} ${write(required)}`.trim()}</td>
                  <td>{detail}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const verdicts = {
  worse: 'worse',
  within: 'within the limit',
  not_enough_evidence: 'not enough evidence',
  all: '',
} as const;

function Differences({ intervals }: { intervals: readonly F1Interval[] }) {
  if (intervals.length === 0) return null;
  const reach = reachOf(intervals);
  return (
    <section aria-labelledby="differences-title">
      <h2 id="differences-title">Where it is better and worse</h2>
      <p class="soft">{`Challenger less champion in F1, the dot, with its 95 % interval; left of the line it is worse. The scale reaches from ${figure(-reach)} to ${figure(reach)}.`}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Differences of F1">
        <table class="bars intervals">
          <thead>
            <tr>
              <th scope="col">Rows</th>
              <th scope="col">
                <span class="soft">Interval</span>
              </th>
              <th scope="col">Number</th>
              <th scope="col">Difference</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {intervals.map((each) => (
              <tr>
                <th scope="row">
                  <bdi>{each.name}</bdi>
                </th>
                <td class="bar">
                  <IntervalBar interval={each} reach={reach} />
                </td>
                <td>{figure(each.rows)}</td>
                <td>{`${figure(each.difference)} (${figure(each.low)} to ${figure(each.high)})`}</td>
                <td class={each.verdict === 'worse' ? 'CRITICAL' : ''}>{verdicts[each.verdict]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function IntervalBar({ interval, reach }: { interval: F1Interval; reach: number }) {
  const { name, low, high, difference } = interval;
  const at = (value: number) => Number((100 + (100 * value) / reach).toFixed(2));
  return (
    <svg role="img" viewBox="0 0 200 20" preserveAspectRatio="none">
      <title>{`Difference of F1 in ${name}: ${figure(difference)}, ${figure(low)} to ${figure(high)}`}</title>
      <line class="grid" x1="100" x2="100" y1="0" y2="20" vector-effect="non-scaling-stroke" />
      <line class="reference" x1={at(low)} x2={at(high)} y1="10" y2="10" vector-effect="non-scaling-stroke" />
      <path class={high < 0 ? 'over' : 'under'} d={`M${at(difference)} 10h0`} />
    </svg>
  );
}

function Costs({ result: { costs } }: { result: GateJudgement }) {
  if (costs === null) return null;
  const { champion, challenger, difference, interval } = costs;
  return (
    <section aria-labelledby="costs-title">
      <h2 id="costs-title">What 1,000 decisions cost</h2>
      <Facts
        facts={[
          ['Champion', figure(champion)],
          ['Challenger', figure(challenger)],
          ['Difference', figure(difference)],
          [
            '95 % interval',
            interval === null ? undefined : `${figure(interval.low)} to ${figure(interval.high)}`,
          ],
          ['A false alarm costs', figure(costs.false_positive)],
          ['A missed case costs', figure(costs.false_negative)],
        ]}
      />
    </section>
  );
}

function Groups({ result: { groups } }: { result: GateJudgement }) {
  if (groups === null) return null;
  const rate = (share: { readonly value: number; readonly low: number; readonly high: number } | null) =>
    share === null ? '–' : `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`;
  return (
    <section aria-labelledby="groups-title">
      <h2 id="groups-title">Groups</h2>
      {groups.map(({ column, groups: each, challenger }) => (
        <>
          <TableScroll
            caption={`Groups of ${column}, by the challenger, with 95 % intervals`}
            columns={['Group', 'Rows', 'Positive', 'Called positive', 'Positives found']}
            rows={each.map((group) => ({
              head: group.name,
              cells: [
                figure(group.rows),
                figure(group.positives),
                rate(group.challenger.selection_rate),
                rate(group.challenger.true_positive_rate),
              ],
            }))}
          />
          <p>{`Demographic parity difference ${rate(challenger.demographic_parity_difference)}, equal opportunity difference ${rate(challenger.equal_opportunity_difference)}.`}</p>
        </>
      ))}
    </section>
  );
}

function Selection({ result: { selection } }: { result: GateJudgement }) {
  if (selection === null || !selection.differ) return null;
  const { weighted } = selection;
  return (
    <section aria-labelledby="selection-title" class="panel faults">
      <h2 id="selection-title">Labels come by selection</h2>
      <p>{`The ${figure(selection.labelled_rows)} labelled rows are not like the ${figure(selection.unlabelled_rows)} without a label: a classifier tells them apart (ROC AUC ${figure(selection.roc_auc)}), most by ${selection.columns.map(({ name }) => name).join(', ')}.`}</p>
      {weighted === null ? null : (
        <Facts
          facts={[
            ['F1, weighed, champion', weighted.champion === null ? undefined : figure(weighted.champion.f1)],
            ['F1, weighed, challenger', figure(weighted.challenger.f1)],
            ['Worth so many rows', figure(Math.round(weighted.effective_rows))],
          ]}
        />
      )}
    </section>
  );
}

function Notes({ title, notes }: { title: string; notes: readonly string[] }) {
  if (notes.length === 0) return null;
  const id = `${title.toLowerCase().replaceAll(' ', '-')}-title`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="notes">
        {notes.map((note) => (
          <li>{note}</li>
        ))}
      </ul>
    </section>
  );
}
