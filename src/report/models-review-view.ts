import type { ModelsReview } from '../data/results/models-review.ts';
import { figure, grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';

type Interval = { readonly value: number; readonly low: number; readonly high: number };
type Live = NonNullable<ModelsReview['production']['live']>;

export function modelsReviewView(review: ModelsReview): string {
  const { production, staging, gate } = review;
  const days = production.days === null ? '' : ` for ${Math.floor(production.days)} days`;
  const waiting =
    staging === null ? 'nothing waits in Staging' : `version ${staging.version} waits in Staging`;
  return [
    `${review.status} - version ${production.version} in Production${days}; ${waiting}`,
    plainTable(
      [
        { head: '' },
        { head: `Production ${production.version}` },
        { head: staging === null ? 'Staging' : `Staging ${staging.version}` },
      ],
      [
        ['labelled rows', rowsOf(production.live), rowsOf(staging?.live)],
        ...(['precision', 'recall', 'f1', 'roc_auc', 'brier'] as const).map((name) => [
          name.replace('_', ' '),
          liveFigure(production.live?.[name]),
          liveFigure(staging?.live?.[name]),
        ]),
        ...(['f1', 'roc_auc', 'brier'] as const).map((name) => [
          `${name.replace('_', ' ')} at registration`,
          figure(production.registered?.[name] ?? null),
          figure(staging?.registered?.[name] ?? null),
        ]),
      ],
    ),
    ...(gate === null ? [] : [`gate: ${gate.decision} on ${grouped(gate.rows)} rows, ${gate.at}`]),
    ...weeksTable(review),
    ...review.findings.flatMap(({ summary, advice }) => [`finding: ${summary}`, `  ${advice}`]),
  ].join('\n');
}

function rowsOf(live: Live | null | undefined): string {
  return live == null ? 'none' : `${grouped(live.rows)}, ${grouped(live.positives)} positive`;
}

function liveFigure(value: number | Interval | null | undefined): string {
  if (value == null) return 'not known';
  if (typeof value === 'number') return figure(value);
  return `${value.value.toFixed(3)} (${value.low.toFixed(3)} to ${value.high.toFixed(3)})`;
}

function weeksTable({ weeks }: ModelsReview): readonly string[] {
  if (weeks.length === 0) return ['no labelled prediction in the last 12 weeks'];
  return [
    plainTable(
      [
        { head: 'week' },
        { head: 'rows', align: 'right' },
        { head: 'positive', align: 'right' },
        { head: 'F1', align: 'right' },
        { head: 'Brier', align: 'right' },
      ],
      weeks.map(({ week, rows, positives, f1, brier }) => [
        week.slice(0, 10),
        grouped(rows),
        grouped(positives),
        figure(f1),
        figure(brier),
      ]),
    ),
  ];
}
