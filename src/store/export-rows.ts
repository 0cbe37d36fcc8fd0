import type { ExportSubject } from '../data/results/export.ts';
import type { Row, RowColumn } from '../data/row-text.ts';
import { featureColumns, quoteColumn } from './predictions.ts';
import type { Store } from './store.ts';

/** Epoch milliseconds: from this time on, up to and without that one; null is no limit. */
export interface ExportWindow {
  readonly from: number | null;
  readonly until: number | null;
}

export interface ExportFilter {
  /** Only what concerns this model version; null is every version, and rows that were not scored. */
  readonly version: string | null;
  /** Only predictions with, or without, a label. */
  readonly labels: 'labelled' | 'unlabelled' | null;
  /** Only these feature columns of predictions, and the drift of these; null is every one. */
  readonly features: readonly string[] | null;
}

export const noFilter: ExportFilter = { version: null, labels: null, features: null };

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
  /** Holds for the rows of version @version; without it the table concerns no version. */
  readonly ofVersion?: string;
  /** Holds for the rows that have a label. */
  readonly labelled?: string;
  /** The column that names a feature. */
  readonly feature?: string;
}

type Bindings = Readonly<Record<string, string | number>>;

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

/** Holds for the rows of a table whose prediction was made by version @version. */
function scoredBy(table: string): string {
  return `EXISTS (SELECT 1 FROM prediction AS p WHERE p.prediction_id = ${table}.prediction_id AND p.model_version = @version)`;
}

/** Columns named as `predictions import` and `labels add` read them, so that an export can be taken in again. */
function sources(
  store: Store,
  { features }: ExportFilter,
): Readonly<Record<Exclude<ExportSubject, 'all'>, readonly Source[]>> {
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
          ...featureColumns(store)
            .filter(({ name }) => features?.includes(name) ?? true)
            .map(({ name, type }) => (type === 'TEXT' ? text(name) : number(name))),
        ],
        from: 'prediction',
        time: 'predicted_at',
        order: 'predicted_at, prediction_id',
        ofVersion: 'model_version = @version',
        labelled: 'EXISTS (SELECT 1 FROM label AS l WHERE l.prediction_id = prediction.prediction_id)',
      },
    ],
    labels: [
      {
        name: 'labels',
        columns: labelColumns,
        from: 'label',
        time: 'label_timestamp',
        order: 'rowid',
        ofVersion: scoredBy('label'),
      },
      {
        name: 'label_corrections',
        columns: [integer('seq'), time('corrected_at'), ...labelColumns],
        from: 'label_correction',
        time: 'corrected_at',
        order: 'seq',
        ofVersion: scoredBy('label_correction'),
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
        ofVersion: 'model_version = @version',
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
        ofVersion: 'model_version = @version',
        feature: 'feature',
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

/** The tables that a subject of an export stands for, with the rows and columns that a filter lets through. */
export function exportTables(
  store: Store,
  subject: ExportSubject,
  filter: ExportFilter = noFilter,
): readonly ExportTable[] {
  const known = sources(store, filter);
  const wanted = subject === 'all' ? Object.values(known).flat() : known[subject];
  return wanted.map((source) => exportTable(store, source, filter));
}

/** Whether any prediction was made by that version. */
export function hasPredictionsOf(store: Store, version: string): boolean {
  return (
    store.connection
      .prepare<[string], unknown>('SELECT 1 FROM prediction WHERE model_version = ? LIMIT 1')
      .get(version) !== undefined
  );
}

function exportTable(store: Store, source: Source, filter: ExportFilter): ExportTable {
  const selected = source.columns.map(({ name, sql }) => quoteColumn(sql ?? name)).join(', ');
  const { conditions, bindings } = conditionsOf(source, filter);
  const where = [`${source.time} >= @from`, `${source.time} < @until`, ...conditions].join(' AND ');
  return {
    name: source.name,
    columns: source.columns.map(({ name, type }) => ({ name, type })),
    rows: ({ from, until }) =>
      store.connection
        .prepare<[Bindings], Row>(
          `SELECT ${selected} FROM ${source.from} WHERE ${where} ORDER BY ${source.order}`,
        )
        .raw()
        .iterate({
          ...bindings,
          from: from ?? Number.MIN_SAFE_INTEGER,
          until: until ?? Number.MAX_SAFE_INTEGER,
        }),
  };
}

function conditionsOf(
  { ofVersion, labelled, feature }: Source,
  { version, labels, features }: ExportFilter,
): { readonly conditions: readonly string[]; readonly bindings: Bindings } {
  const conditions: string[] = [];
  const bindings: Record<string, string> = {};
  if (version !== null && ofVersion !== undefined) {
    conditions.push(ofVersion);
    bindings.version = version;
  }
  if (labels !== null && labelled !== undefined)
    conditions.push(labels === 'labelled' ? labelled : `NOT ${labelled}`);
  if (features !== null && feature !== undefined) {
    const names = features.map((name, index) => {
      bindings[`feature${index}`] = name;
      return `@feature${index}`;
    });
    conditions.push(`${feature} IN (${names.join(', ')})`);
  }
  return { conditions, bindings };
}
