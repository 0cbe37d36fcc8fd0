import { recordedBreaks } from './recovery/recorded-breaks.ts';
import type { Store } from './store.ts';

/** What SQLite itself finds wrong with the file, and rows that refer to rows which are not there, a sentence each. */
export function storeProblems(store: Pick<Store, 'connection'>): readonly string[] {
  const findings = store.connection.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all();
  const damage = findings.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  // Which rows refer to which cannot be asked of a damaged file.
  if (damage.length > 0) return damage;
  return store.connection
    .prepare<[], { child: string; parent: string; rows: number }>(
      `SELECT "table" AS child, "parent" AS parent, count(*) AS rows FROM pragma_foreign_key_check GROUP BY 1, 2`,
    )
    .all()
    .map(({ child, parent, rows }) => `${rows} rows of ${child} refer to a ${parent} that is not there`);
}

interface StageDisagreement {
  readonly version: number;
  readonly stage: string;
  readonly history: string | null;
}

/** Where the history of stages and the stages themselves disagree, a sentence each. */
export function stageProblems(store: Store): readonly string[] {
  const ends = store.connection
    .prepare<[], StageDisagreement>(
      `SELECT version, stage, history FROM (
         SELECT v.version, v.stage, (SELECT to_stage FROM stage_change AS c WHERE c.version = v.version ORDER BY seq DESC LIMIT 1) AS history
         FROM model_version AS v)
       WHERE stage <> coalesce(history, 'None') ORDER BY version`,
    )
    .all()
    .map(
      ({ version, stage, history }) =>
        `version ${version} is in ${stage}, its history says ${history ?? 'None'}`,
    );
  const found = findStageGaps(store);
  const recorded = found.length === 0 ? [] : recordedBreaks(store).stage_gaps;
  const gaps = found
    .filter(({ seq }) => !recorded.includes(seq))
    .map(({ version, seq }) => `the history of version ${version} has a gap before stage change ${seq}`);
  return [...ends, ...gaps];
}

/** Numbers of the changes of stage that do not begin where the one before them ended. */
export function stageGaps(store: Store): readonly number[] {
  return findStageGaps(store).map(({ seq }) => seq);
}

function findStageGaps(store: Store) {
  return store.connection
    .prepare<[], { version: number; seq: number }>(
      `SELECT version, seq FROM (
         SELECT version, seq, from_stage, lag(to_stage, 1, 'None') OVER (PARTITION BY version ORDER BY seq) AS before FROM stage_change)
       WHERE from_stage <> before ORDER BY seq`,
    )
    .all();
}

/** Tables that every command stands on and that stay small; predictions, labels and the audit are left to `storeProblems`. */
const outline = ['model_version', 'stage_change', 'chain_head', 'training_run', 'monitoring_run', 'alert'];
const tables = [...outline, 'prediction', 'label', 'event'];

/** What a first look finds wrong, a sentence each: tables that are missing, small tables that are damaged. */
export function outlineProblems(store: Store): readonly string[] {
  const present = new Set(
    store.connection
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map((each) => each.name),
  );
  const missing = tables.filter((name) => !present.has(name)).map((name) => `the table ${name} is missing`);
  const damaged = outline
    .filter((name) => present.has(name))
    .flatMap((name) =>
      store.connection.prepare<[], { quick_check: string }>(`PRAGMA quick_check(${name})`).all(),
    )
    .map((row) => row.quick_check)
    .filter((text) => text !== 'ok');
  return [...missing, ...damaged];
}
