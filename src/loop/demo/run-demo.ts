import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inferSchema, readTable, textColumns, writeFileAtomic } from '../../data/index.ts';
import type { DemoOutcome, DemoStage } from '../../data/results/demo.ts';
import { type Clock, fixedClock, toIso } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { findChallenger, readArtifact, requireProduction } from '../../registry/index.ts';
import { percent } from '../../report/figures.ts';
import { openScorer, scoreTable } from '../../scoring/index.ts';
import { lastMonitoringRun, openStore, type Store } from '../../store/index.ts';
import { initWorkspace, openWorkspace, type Workspace } from '../../workspace/index.ts';
import { exportStore } from '../export/export-store.ts';
import { verifyExport } from '../export/verify-export.ts';
import { judgeChallenger } from '../gating/judge-challenger.ts';
import { heal } from '../healing/heal.ts';
import { addLabels } from '../recording/add-labels.ts';
import { recordPredictions } from '../recording/record-predictions.ts';
import { trainWorkspace } from '../training/train-workspace.ts';
import { promote, rollback } from '../versions/change-production.ts';
import { verifyWorkspace } from '../versions/verify-workspace.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import type { DemoFiles } from './demo-files.ts';
import { dueLabels } from './due-labels.ts';
import { type StreamWeek, streamWeeks } from './stream-weeks.ts';

const who = 'demo';
/** A week is looked at as a whole, once it is over. */
const lookback = '7d';

/**
 * Replays a stream as of its times, week by week: predictions are made by the version in Production and recorded, labels are
 * added as they fell due, and the loop walks with leave to act. No verdict is forced. Ends with a drill of promote and
 * rollback and with `verify`.
 * @throws UsageError when the folder holds a workspace already
 */
export async function runDemo(
  folder: string,
  files: DemoFiles,
  signal: AbortSignal,
  tell: (stage: DemoStage) => void,
): Promise<DemoOutcome> {
  const workspace = await makeWorkspace(folder, files, signal);
  const weeks = streamWeeks(await readTable(files.stream, { text: textColumns }), files.stream);
  const labels = dueLabels(files.labels, demoFolder(workspace));
  const start = weeks[0]?.from ?? 0;
  const told = (clock: Clock) => (stage: string, found: string) =>
    tell({ at: toIso(clock.now()), stage, found });

  await firstVersion(workspace, files, fixedClock(start), signal, told(fixedClock(start)));
  for (const week of weeks) {
    await nextTurn(signal);
    const clock = fixedClock(week.until);
    await replayWeek(workspace, week, clock, signal, told(clock));
    await addDue(workspace, labels.writeUntil(week.until), clock, signal, told(clock));
    await loop(workspace, clock, signal, told(clock));
  }
  const end = fixedClock(Math.max(weeks.at(-1)?.until ?? start, labels.last ?? start));
  await addDue(workspace, labels.writeUntil(end.now()), end, signal, told(end));
  await lastDecision(workspace, end, signal, told(end));
  await drill(workspace, end, told(end));
  const exported = await exportAll(workspace, end, signal, told(end));
  const verified = await verifyWorkspace(workspace);
  const summary = [`${verified.status}, ${verified.events} audit rows`, ...verified.problems].join('; ');
  told(end)('verify', summary);
  const report = withStore(workspace, (store) => lastMonitoringRun(store, end.now())?.report ?? null);
  return { report, export: exported };
}

async function makeWorkspace(folder: string, files: DemoFiles, signal: AbortSignal): Promise<Workspace> {
  const root = resolve(folder);
  if (existsSync(join(root, 'mlops.yaml'))) {
    throw new UsageError(`${root} is a workspace already`, {
      why: 'the demonstration replays the past, and would mix with what is there',
      remedy: 'name an empty folder with -C DIR, or none for a temporary one',
    });
  }
  const schema = await inferSchema(files.reference, { target: files.target, signal });
  mkdirSync(root, { recursive: true });
  writeFileAtomic(join(root, 'schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
  initWorkspace({
    folder: root,
    model: 'demo-model',
    schemaPath: 'schema.json',
    target: files.target,
    lookback,
  });
  const workspace = openWorkspace(root);
  mkdirSync(demoFolder(workspace), { recursive: true });
  return workspace;
}

function demoFolder(workspace: Workspace): string {
  return join(workspace.root, 'demo');
}

type Tell = (stage: string, found: string) => void;

async function firstVersion(
  workspace: Workspace,
  files: DemoFiles,
  clock: Clock,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const request = { data: files.reference, target: files.target, who, reason: 'first version' };
  const trained = await trainWorkspace(workspace, request, clock, signal);
  const { metrics, rows, version } = trained;
  tell(
    'train',
    `version ${version} learned from ${rows.train} rows; ROC AUC ${metrics.roc_auc?.toFixed(3) ?? 'undefined'}, F1 ${metrics.f1.toFixed(3)} on the ${rows.validation} that follow`,
  );
  const judged = await judgeChallenger(workspace, { who }, clock, signal);
  tell('gate', inWords(judged));
  const reason = judged.decision === 'promote' ? 'gate passed' : 'the demonstration needs a first version';
  const change = await promote(workspace, judged.challenger, { reason, who, dryRun: false }, clock);
  tell('promote', `Production is version ${change.to}: ${reason}`);
}

async function replayWeek(
  workspace: Workspace,
  week: StreamWeek,
  clock: Clock,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  using store = openStore(workspace.paths.store, { create: false });
  const production = requireProduction(store);
  const content = readArtifact(workspace.paths.artifacts, production.sha256, 'onnx');
  const scorer = await openScorer(content, production.features);
  const probabilities = await scoreTable(scorer, week.rows).finally(() => scorer.close());
  const version = production.version.toString();
  const recorded = await recordPredictions(
    store,
    {
      table: week.rows,
      source: `week of ${toIso(week.from).slice(0, 10)}`,
      schema: workspaceSchema(workspace),
      answers: { version, threshold: production.threshold, probabilities },
      who,
      command: 'score --log',
      now: clock.now(),
    },
    signal,
  );
  tell('score', `${recorded.added} predictions by version ${version} recorded`);
}

async function addDue(
  workspace: Workspace,
  file: string | undefined,
  clock: Clock,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  if (file === undefined) return;
  const { added, rejected, coverage } = await addLabels(workspace, file, who, false, clock, signal);
  const refused = rejected === 0 ? '' : `, ${rejected} rejected`;
  tell(
    'labels',
    `${added} fell due${refused}; coverage ${percent(coverage.before.share)} → ${percent(coverage.after.share)}`,
  );
}

async function loop(workspace: Workspace, clock: Clock, signal: AbortSignal, tell: Tell): Promise<void> {
  const step = (line: string) => {
    const [name = '', ...words] = line.split(' ');
    tell(name, words.join(' ').trim());
  };
  const run = await heal(workspace, { mode: 'act', who, tell: step }, clock, signal);
  tell('heal', run.next === null ? `${run.outcome}` : `${run.outcome}; ${run.next}`);
}

/** The newest challenger against the champion on all labels, so that six criteria are seen whatever the weeks brought. */
async function lastDecision(
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  if (newestChallenger(workspace, clock) === undefined) {
    const { version } = await trainWorkspace(
      workspace,
      { who, reason: 'a challenger for the last decision' },
      clock,
      signal,
    );
    tell('train', `version ${version}, a challenger for the last decision`);
  }
  const judged = await judgeChallenger(workspace, { who }, clock, signal);
  tell('gate', inWords(judged));
  for (const { passed, detail } of judged.criteria) tell('', `${passed ? '✓' : '✗'} ${detail}`);
}

function newestChallenger(workspace: Workspace, clock: Clock) {
  return withStore(workspace, (store) => findChallenger(store, clock.now()));
}

async function drill(workspace: Workspace, clock: Clock, tell: Tell): Promise<void> {
  const request = { reason: 'drill', who, dryRun: false };
  const challenger = newestChallenger(workspace, clock)?.version.toString();
  if (challenger === undefined) return;
  const there = await promote(workspace, challenger, request, clock);
  tell('promote', `drill: Production goes from version ${there.from} to version ${there.to}`);
  const back = await rollback(workspace, undefined, request, clock);
  tell(
    'rollback',
    `drill: back from version ${back.from} to version ${back.to} in ${back.duration_ms} ms, hash and ${back.verified.golden_rows} golden rows checked`,
  );
}

async function exportAll(
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
  tell: Tell,
): Promise<string> {
  const request = {
    subject: 'all' as const,
    to: join(workspace.paths.exports, 'demo'),
    window: { from: null, until: null },
    format: 'csv' as const,
    spreadsheetSafe: false,
    who,
  };
  const exported = await exportStore(workspace, request, clock, signal);
  const checked = await verifyExport(exported.path, signal);
  tell('export', `${exported.files.length} files, ${exported.rows} rows; manifest ${checked.status}`);
  return exported.path;
}

function inWords({
  decision,
  criteria,
  rows,
  challenger,
}: Awaited<ReturnType<typeof judgeChallenger>>): string {
  const met = criteria.filter((criterion) => criterion.passed).length;
  return `${decision} version ${challenger}: ${met} of ${criteria.length} criteria met on ${rows} labelled rows`;
}

function withStore<T>(workspace: Workspace, read: (store: Store) => T): T {
  using store = openStore(workspace.paths.store, { create: false });
  return read(store);
}
