import { DuckDBInstance } from '@duckdb/node-api';

export interface SyntheticRows {
  /** Number of the first row; rows of other numbers are other draws. */
  readonly from: number;
  readonly rows: number;
  /** A population with more debt, less income and later payments. */
  readonly shifted: boolean;
  /** Adds `defaulted`, 0 or 1, for a model to learn. */
  readonly target: boolean;
}

/** Ten features in the shape of credit data: whole and broken numbers, long tails, small counts, missing values. */
export const features: readonly string[] = [
  'age',
  'monthly_income',
  'debt_ratio',
  'utilization',
  'open_credit_lines',
  'real_estate_loans',
  'dependents',
  'late_30_days',
  'late_60_days',
  'late_90_days',
];

/** Every value comes from the hash of its row and column, so the same numbers give the same file on any machine. */
const draws = `
  CREATE MACRO uniform(i, k) AS (hash(i * 64 + k) % 4294967296 + 0.5) / 4294967296;
  CREATE MACRO gauss(i, k) AS sqrt(-2 * ln(uniform(i, k))) * cos(2 * pi() * uniform(i, k + 32));
  CREATE MACRO small_count(i, k, share) AS CAST(floor(ln(uniform(i, k)) / ln(share)) AS INTEGER);
`;

const risk = 'utilization * 2 + late_30_days + late_90_days * 2 - age / 40.0 - 2.2';

/** Writes them as CSV, or as Parquet where the path says so. */
export async function writeSyntheticRows(path: string, wanted: SyntheticRows): Promise<void> {
  const { from, rows, shifted, target } = wanted;
  const by = (value: number) => (shifted ? value : 0);
  const query = `
    SELECT
      i,
      CAST(greatest(18, round(52 + 14 * gauss(i, 0))) AS INTEGER) AS age,
      CASE WHEN uniform(i, 1) > 0.18 THEN round(exp(8.6 + 0.7 * gauss(i, 2) - ${by(0.4)})) END AS monthly_income,
      round(exp(-1 + 0.9 * gauss(i, 3) + ${by(0.4)}), 6) AS debt_ratio,
      round(least(1.5, -ln(uniform(i, 4)) * (0.32 + ${by(0.1)})), 6) AS utilization,
      CAST(round(abs(8 + 5 * gauss(i, 5))) AS INTEGER) AS open_credit_lines,
      small_count(i, 6, 0.5) AS real_estate_loans,
      CASE WHEN uniform(i, 7) > 0.03 THEN small_count(i, 8, 0.45) END AS dependents,
      small_count(i, 9, 0.15 + ${by(0.2)}) AS late_30_days,
      small_count(i, 10, 0.06) AS late_60_days,
      small_count(i, 11, 0.07) AS late_90_days
    FROM (SELECT range AS i FROM range(${from}, ${from + rows}))`;
  const source = target
    ? `SELECT * EXCLUDE (i), CAST(uniform(i, 12) < 1 / (1 + exp(-(${risk}))) AS INTEGER) AS defaulted FROM (${query})`
    : `SELECT * EXCLUDE (i) FROM (${query})`;
  await copyTo(path, source);
}

/** Normal numbers of five decimals, in as many columns as wanted. */
export async function writeWideRows(
  path: string,
  {
    rows,
    features: width,
    seed,
  }: { readonly rows: number; readonly features: number; readonly seed: number },
): Promise<void> {
  const columns = Array.from(
    { length: width },
    (_, column) => `round(gauss(range * ${width} + ${column}, ${seed}), 5) AS f${column}`,
  );
  await copyTo(path, `SELECT ${columns.join(', ')} FROM range(${rows})`);
}

/** Predictions of the last three days, evenly over the time, with the columns of a CSV file as features. */
export async function writePredictions(path: string, features: string, rows: number): Promise<void> {
  const time = `now() - INTERVAL 3 DAY + INTERVAL (row_number() OVER () * ${(3 * 86_000) / rows}) SECOND`;
  const stamp = `strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  const ids = `'p' || row_number() OVER () AS prediction_id, ${stamp} AS timestamp`;
  await copyTo(path, `SELECT ${ids}, * FROM read_csv('${features.replaceAll("'", "''")}')`);
}

async function copyTo(path: string, select: string): Promise<void> {
  const format = path.endsWith('.parquet') ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(draws);
    await connection.run(`COPY (${select}) TO '${path.replaceAll("'", "''")}' (${format})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
