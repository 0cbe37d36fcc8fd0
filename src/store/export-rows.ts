import type { ExportSubject } from '../data/results/export.ts';
import type { Row, RowColumn } from '../data/row-text.ts';
import { featureColumns, quoteColumn } from './predictions.ts';
import type { Store } from './store.ts';

/** Epoch milliseconds: from this time on, up to and without that one; null is no limit. */
export interface ExportWindow {
  readonly from: number | null;
  readonly until: number | null;
}

/** One table of the store as others read it. */
export interface ExportTable {
  /** Also the name of its file. */
  readonly name: string;
  readonly columns: readonly RowColumn[];
  /** Read one by one; nothing else may use the store's connection meanwhile. */
  rows(window: ExportWindow): Iterable<Row>;
}

interface Source {
  readonly name: string;
  readonly columns: readonly (RowColumn & { readonly sql?: string })[];
  readonly from: string;
  /** The time that the window is about. */
  readonly time: string;
  readonly order: string;
}

const integer = (name: string) => ({ name, type: 'integer' as const });
const number = (name: string) => ({ name, type: 'number' as const });
const text = (name: string) => ({ name, type: 'text' as const });
const time = (name: string, sql = name) => ({ name, type: 'time' as const, sql });

const labelColumns = [
  text('prediction_id'),
  integer('true_label'),
  time('label_timestamp'),
  text('label_source'),
];

/** Columns named as `predictions import` and `labels add` read them, so that an export can be taken in again. */
function sources(store: Store): Readonly<Record<Exclude<ExportSubject, 'all'>, readonly Source[]>> {
  return {
    predictions: [
      {
        name: 'predictions',
        columns: [
          text('prediction_id'),
          time('timestamp', 'predicted_at'),
          text('model_version'),
          number('probability'),
          integer('outcome'),
          ...featureColumns(store).map(({ name, type }) => (type === 'TEXT' ? text(name) : number(name))),
        ],
        from: 'prediction',
        time: 'predicted_at',
        order: 'predicted_at, prediction_id',
      },
    ],
    labels: [
      {
        name: 'labels',
        columns: labelColumns,
        from: 'label',
        time: 'label_timestamp',
        order: 'rowid',
      },
      {
        name: 'label_corrections',
        columns: [integer('seq'), time('corrected_at'), ...labelColumns],
        from: 'label_correction',
        time: 'corrected_at',
        order: 'seq',
      },
    ],
    monitoring: [
      {
        name: 'monitoring',
        columns: [
          integer('run_id'),
          time('at'),
          time('from_at'),
          time('until_at'),
          text('model_version'),
          integer('rows'),
          text('status'),
          integer('features_total'),
          integer('features_drifted'),
          number('share_drifted'),
          text('report'),
          text('result'),
        ],
        from: 'monitoring_run',
        time: 'at',
        order: 'run_id',
      },
    ],
    drift: [
      {
        name: 'drift',
        columns: [
          integer('run_id'),
          time('at'),
          text('feature'),
          text('type'),
          text('test'),
          number('score'),
          number('p_value'),
          number('threshold'),
          integer('drifted'),
          number('missing_reference'),
          number('missing_current'),
        ],
        from: 'drift_result JOIN monitoring_run USING (run_id)',
        time: 'at',
        order: 'run_id, feature',
      },
    ],
    audit: [
      {
        name: 'audit',
        columns: [
          integer('seq'),
          time('at'),
          text('who'),
          text('command'),
          text('reason'),
          text('before'),
          text('after'),
          text('previous_hash'),
          text('hash'),
        ],
        from: 'event',
        time: 'at',
        order: 'seq',
      },
    ],
  };
}

/** The tables that a subject of an export stands for. */
export function exportTables(store: Store, subject: ExportSubject): readonly ExportTable[] {
  const known = sources(store);
  const wanted = subject === 'all' ? Object.values(known).flat() : known[subject];
  return wanted.map((source) => exportTable(store, source));
}

function exportTable(store: Store, source: Source): ExportTable {
  const selected = source.columns.map(({ name, sql }) => quoteColumn(sql ?? name)).join(', ');
  return {
    name: source.name,
    columns: source.columns.map(({ name, type }) => ({ name, type })),
    rows: ({ from, until }) =>
      store.connection
        .prepare<[{ from: number; until: number }], Row>(
          `SELECT ${selected} FROM ${source.from} WHERE ${source.time} >= @from AND ${source.time} < @until ORDER BY ${source.order}`,
        )
        .raw()
        .iterate({ from: from ?? Number.MIN_SAFE_INTEGER, until: until ?? Number.MAX_SAFE_INTEGER }),
  };
}
