import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Column, type Table, textAt } from '../../data/index.ts';
import type { GateCriterion } from '../../data/results/gate.ts';
import { withTemporaryFolder } from '../../data/temporary-folder.ts';
import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import { durationMs, type GateConfiguration, type Workspace } from '../../workspace/index.ts';
import type { DecisionBasis } from './decision-basis.ts';
import type { JudgedRows } from './judged-rows.ts';

type CriterionCommand = GateConfiguration['commands'][number];

/** What a command ends by printing. */
const verdict = z.object({
  passed: z.boolean(),
  observed: z.number().nullable().default(null),
  required: z.number().nullable().default(null),
  detail: z.string().optional(),
});

const longestDetail = 500;

/**
 * Asks the user's own criteria, one command after the other, each with the rows in a file. One that fails, hangs or says
 * nothing that can be read has not passed.
 */
export async function runCriteriaCommands(
  workspace: Workspace,
  commands: readonly CriterionCommand[],
  basis: Pick<DecisionBasis, 'champion' | 'challenger'>,
  rows: JudgedRows,
  signal: AbortSignal,
): Promise<GateCriterion[]> {
  if (commands.length === 0) return [];
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'rows.json');
    writeFileSync(path, JSON.stringify(documentOf(basis, rows)), { mode: 0o600 });
    const criteria: GateCriterion[] = [];
    for (const command of commands) criteria.push(await ask(workspace, command, path, signal));
    return criteria;
  });
}

async function ask(
  { root }: Workspace,
  { name, command, time_limit }: CriterionCommand,
  path: string,
  signal: AbortSignal,
): Promise<GateCriterion> {
  const outcome = await runCommand(['/bin/sh', '-c', command, 'gate', path], {
    cwd: root,
    limitMs: durationMs(time_limit),
    signal,
  });
  const criterion = `command:${name}` as const;
  const failed = failureOf(outcome, time_limit);
  if (failed !== undefined)
    return {
      name: criterion,
      passed: false,
      observed: null,
      required: null,
      detail: `The command '${name}' ${failed}.`,
    };
  const said = verdictOf(outcome);
  if (said === undefined) {
    const detail = `The command '${name}' said nothing that can be read: its last line has to be a JSON object such as {"passed": true, "observed": 0.1}.`;
    return { name: criterion, passed: false, observed: null, required: null, detail };
  }
  const { passed, observed, required } = said;
  const detail = said.detail?.slice(0, longestDetail) ?? (passed ? 'passed.' : 'not passed.');
  return { name: criterion, passed, observed, required, detail: `The command '${name}' says: ${detail}` };
}

/** What it printed is not told: it may hold what nobody should read. */
function failureOf(outcome: CommandOutcome, limit: string): string | undefined {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0 ? undefined : `ended with exit code ${outcome.code}`;
    case 'killed':
      return `was ended by ${outcome.by}`;
    case 'timeout':
      return `did not end within ${limit} and was stopped`;
    case 'not-started':
      return `could not be started: ${outcome.why}`;
  }
}

function verdictOf(outcome: CommandOutcome): z.infer<typeof verdict> | undefined {
  const output = outcome.kind === 'not-started' ? '' : outcome.output;
  try {
    return verdict.safeParse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')).data;
  } catch {
    return undefined;
  }
}

/** By columns: one entry a row, null is missing. */
function documentOf(
  { champion, challenger }: Pick<DecisionBasis, 'champion' | 'challenger'>,
  rows: JudgedRows,
) {
  const model = (of: DecisionBasis['challenger'], scores: Float64Array | null) => ({
    version: of.version,
    threshold: of.threshold,
    probabilities: Array.from(scores ?? []),
  });
  return {
    rows: rows.features.rows,
    labels: Array.from(rows.labels),
    champion: champion === null ? null : model(champion, rows.champion),
    challenger: model(challenger, rows.challenger),
    prediction_ids: rows.ids,
    features: featuresOf(rows.features),
  };
}

function featuresOf({ columns }: Table): Record<string, readonly (number | string | null)[]> {
  return Object.fromEntries(columns.map((column) => [column.name, cellsOf(column)]));
}

function cellsOf(column: Column): readonly (number | string | null)[] {
  return column.kind === 'numeric'
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
    : Array.from(column.codes, (_, row) => textAt(column, row) ?? null);
}
