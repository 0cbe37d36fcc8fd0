import type { ModelCard } from '../data/results/model-card.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import { CalibrationChart } from './calibration-chart.tsx';
import { metricRows, partName, shareWithInterval, withInterval } from './card-words.ts';
import { type Fact, Facts } from './facts.tsx';
import { figure, grouped, percent } from './figures.ts';
import { TableScroll } from './table-scroll.tsx';

interface PerformanceSubject {
  readonly evaluation: Evaluation;
  readonly live: ModelCard['live'];
}

/** How good it is: figures with intervals, calibration, other thresholds, segments, and what came true since. */
export function PerformanceSection({ evaluation, live }: PerformanceSubject) {
  const { what, rows, confusion, calibration } = evaluation;
  return (
    <section aria-labelledby="performance-title">
      <h2 id="performance-title">How good it is</h2>
      <p>{`Measured on ${grouped(rows)} rows: ${what}. Intervals are of 95 %.`}</p>
      <TableScroll
        caption="Figures at its threshold"
        columns={['Figure', 'Value (95 % interval)', 'Interval by']}
        rows={metricRows(evaluation).map(([head, ...cells]) => ({ head, cells }))}
      />
      <Facts facts={confusionFacts(confusion)} />
      <h3>Calibration</h3>
      <p>{`Where it says 10 %, does it come true in 10 %? Mean distance of what it says and what came true: ${figure(calibration.error)}.`}</p>
      <div class="pictures single">
        <CalibrationChart calibration={calibration} />
        <TableScroll
          caption="Predicted and observed share of outcome 1"
          columns={['Predicted', 'Observed (95 %)', 'Rows']}
          rows={calibration.bins.map(({ predicted, observed, rows: count }) => ({
            head: percent(predicted),
            cells: [shareWithInterval(observed), grouped(count)],
          }))}
        />
      </div>
      <TableScroll
        caption="What other thresholds would decide"
        columns={['Threshold', 'Precision', 'Recall', 'F1', 'Approved']}
        rows={evaluation.thresholds.map(({ threshold, own, precision, recall, f1, approval_rate }) => ({
          head: own ? `${figure(threshold)} (its own)` : figure(threshold),
          cells: [figure(precision), figure(recall), figure(f1), percent(approval_rate)],
        }))}
      />
      <Segments evaluation={evaluation} />
      <Live live={live} />
    </section>
  );
}

function confusionFacts(confusion: Evaluation['confusion']): readonly Fact[] {
  return [
    ['Rightly 1', grouped(confusion.true_positives)],
    ['Wrongly 1 (false alarms)', grouped(confusion.false_positives)],
    ['Wrongly 0 (missed)', grouped(confusion.false_negatives)],
    ['Rightly 0', grouped(confusion.true_negatives)],
  ];
}

function Segments({ evaluation: { segments } }: { evaluation: Evaluation }) {
  const byFeature = Map.groupBy(segments, ({ feature }) => feature);
  if (byFeature.size === 0) return null;
  return (
    <>
      <h3>Segments</h3>
      <p class="soft">
        {`Of ${segments.length} segments some look better or worse by chance; the gate judges differences of two versions with that in mind.`}
      </p>
      {[...byFeature].map(([feature, own]) => (
        <details class="feature">
          <summary class="plain">
            <h4>
              <bdi>{feature}</bdi>
            </h4>
          </summary>
          <div class="story">
            <TableScroll
              caption={`By ${feature}`}
              columns={['Segment', 'Rows', 'Predicted', 'Observed (95 %)', 'Precision', 'Recall', 'ROC AUC']}
              rows={own.map((segment) => ({
                head: partName(segment),
                cells: [
                  grouped(segment.rows),
                  percent(segment.predicted),
                  shareWithInterval(segment.observed),
                  withInterval(segment.precision),
                  withInterval(segment.recall),
                  withInterval(segment.roc_auc),
                ],
              }))}
            />
          </div>
        </details>
      ))}
    </>
  );
}

function Live({ live }: Pick<ModelCard, 'live'>) {
  if (live === null) return null;
  return (
    <>
      <h3>Since then</h3>
      <p>{`On ${grouped(live.rows)} of its own predictions whose label is known, ${grouped(live.positives)} of them 1.`}</p>
      <Facts
        facts={[
          ['ROC AUC', withInterval(live.roc_auc)],
          ['Precision', withInterval(live.precision)],
          ['Recall', withInterval(live.recall)],
          ['F1', figure(live.f1)],
          ['Brier score', figure(live.brier)],
        ]}
      />
    </>
  );
}
