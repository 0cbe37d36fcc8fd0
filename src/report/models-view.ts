import type { ModelsResult, ModelVersionResult, ProductionThen } from '../data/results/models.ts';
import { figure } from './figures.ts';
import { plainTable } from './plain-table.ts';

/** The versions for a terminal, oldest first. */
export function modelsView({ versions }: ModelsResult): string {
  if (versions.length === 0) return 'no model is registered yet; try: mlops model register FILE.onnx';
  return plainTable(
    [
      { head: 'version', align: 'right' },
      { head: 'stage' },
      { head: 'created' },
      { head: 'threshold', align: 'right' },
      { head: 'F1', align: 'right' },
      { head: 'ROC AUC', align: 'right' },
      { head: 'sha256' },
    ],
    versions.map(({ version, stage, created_at, threshold, metrics, sha256 }) => [
      version,
      stage,
      created_at,
      figure(threshold),
      figure(metrics?.f1 ?? null),
      figure(metrics?.roc_auc ?? null),
      sha256.slice(0, 12),
    ]),
  );
}

/** Everything about one version, for a terminal. */
export function modelVersionView(model: ModelVersionResult): string {
  const { artifact, training_run: run } = model;
  const metrics = Object.entries(model.metrics ?? {}).map(
    ([name, value]) => `${name} ${figure(value ?? null)}`,
  );
  const fields: readonly (readonly [string, string])[] = [
    ['version', `${model.version}, ${model.stage}, created ${model.created_at}`],
    ['artifact', `${artifact.path}, ${artifact.state}`],
    ['', `sha256 ${artifact.sha256}, ${artifact.bytes} bytes`],
    ['features', model.features.join(', ')],
    ['schema', model.schema === null ? 'none' : `${model.schema.fields.length} fields`],
    ['threshold', figure(model.threshold)],
    ['metrics', metrics.length === 0 ? 'none' : metrics.join(' · ')],
    ['golden rows', String(model.golden_rows)],
    ...(run === null ? [['trained', 'elsewhere'] as const] : runFields(run)),
    ...model.stage_changes.map(
      ({ at, from, to }, index) => [index === 0 ? 'stages' : '', `${at}  ${from} → ${to}`] as const,
    ),
    ...model.gate_decisions.map(
      ({ at, decision, champion, rows, who }, index) =>
        [
          index === 0 ? 'gate' : '',
          `${at}  ${decision}, against ${champion === null ? 'no champion' : `version ${champion}`} on ${rows} rows, by ${who}`,
        ] as const,
    ),
  ];
  const card = ['card', `mlops models card ${model.version}`] as const;
  return [...fields, card].map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n');
}

function runFields(
  run: NonNullable<ModelVersionResult['training_run']>,
): readonly (readonly [string, string])[] {
  const parameters = Object.entries(run.parameters).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  return [
    [
      'trained',
      `run ${run.run_id}, ${run.started_at}, ${figure(run.duration_ms / 1000)} s, by ${run.who}: ${run.reason}`,
    ],
    ['', `${run.data}, target ${run.target}, ${run.rows.train} rows, ${run.rows.validation} to validate`],
    ['', `data sha256 ${run.data_sha256}`],
    ['', `seed ${run.seed}, ${parameters.join(', ')}`],
  ];
}

export function productionThenView({ at, version, since, who, reason }: ProductionThen): string {
  if (version === null) return `no version was in Production at ${at}`;
  const by = who === null ? '' : `, by ${who}: ${reason}`;
  return `version ${version} was in Production at ${at}, since ${since}${by}`;
}
