import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigurationError, fromSystemError } from '../platform/errors.ts';
import { driftDefaults, minimumSample, trainerDefaults } from './defaults.ts';

const share = z.number().min(0).max(1);

/** mlops.yaml. Unknown keys are errors, so that a misspelt threshold never silently keeps its default. */
export const configurationDefinition = z.strictObject({
  model: z.strictObject({ name: z.string().min(1), schema: z.string().min(1) }),
  monitoring: z
    .strictObject({
      minimum_sample: z.int().positive().default(minimumSample),
      drift: z
        .strictObject({
          warning_share: share.default(driftDefaults.warningShare),
          critical_share: share.default(driftDefaults.criticalShare),
        })
        .prefault({}),
    })
    .prefault({}),
  trainer: z
    .strictObject({
      seed: z.int().nonnegative().default(trainerDefaults.seed),
      train_share: share.default(trainerDefaults.trainShare),
    })
    .prefault({}),
});

export type Configuration = z.infer<typeof configurationDefinition>;

/** @throws ConfigurationError naming file, line and what was expected. */
export function readConfiguration(path: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new ConfigurationError(`${path}, line ${lines.linePos(broken.pos[0]).line}: not YAML`, {
      why: broken.message.split('\n')[0] ?? '',
    });
  }
  const parsed = configurationDefinition.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys =
    issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? []);
  const node = document.getIn(keys, true) ?? document.getIn(keys.slice(0, -1), true);
  const offset =
    typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
      ? Number(node.range[0])
      : 0;
  throw new ConfigurationError(`${path}, line ${lines.linePos(offset).line}: ${keys.join('.')}`, {
    why: issue?.message ?? 'the configuration is not valid',
    remedy: 'correct that line',
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be read`);
  }
}
