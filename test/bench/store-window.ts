import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from './benchmark.ts';
import { measure } from './process.ts';
import { writePredictions } from './synthetic-rows.ts';

/**
 * A workspace whose store holds the rows of `current` as predictions of the last days, and whose reference is `reference`; it was
 * compared once, so that the reference is in the cache.
 */
export async function fillStore(workspace: string, reference: string, current: string): Promise<string> {
  mkdirSync(workspace);
  const predictions = join(workspace, 'predictions.csv');
  await writePredictions(predictions, current, 1_000_000);
  const inWorkspace = (...parameters: string[]) => mlops('-C', workspace, ...parameters);
  const schema = await measure(mlops('schema', 'infer', predictions));
  writeFileSync(join(workspace, 'schema.json'), schema.stdout);
  await measure(inWorkspace('init', '--model', 'bench', '--schema', 'schema.json', '--yes'));
  const configuration = join(workspace, 'mlops.yaml');
  const text = readFileSync(configuration, 'utf8');
  writeFileSync(
    configuration,
    text.replace('monitoring:\n', `monitoring:\n  reference: ${JSON.stringify(reference)}\n`),
  );
  await measure(inWorkspace('predictions', 'import', predictions));
  await measure({ ...inWorkspace('drift', '--last', '7d'), exitCodes: [0, 1, 2] });
  return workspace;
}
