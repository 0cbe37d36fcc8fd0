import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Benchmark, mlops, type Place } from './benchmark.ts';
import { peer, peerVersion, preparePeers } from './peers.ts';
import { measure } from './process.ts';
import { alone, type Contender, sideBySide } from './side-by-side.ts';
import { writeSyntheticRows } from './synthetic-rows.ts';

const rounds = 11;
const what = '`rollback`';

/** From a process's start to the earlier version in Production. Ours also checks the artifact's hash and 20 golden rows; the peer's reads no artifact. */
export const rollback: Benchmark = {
  name: 'rollback',
  run: async (place) => {
    const peers = await preparePeers(place.say);
    const ours = await prepareOurs(place);
    if ('missing' in peers) return [{ what, ours: await alone(ours, rounds), beside: peers }];
    const theirs = await prepareTheirs(place, peers.python);
    const name = await peerVersion(peers.python, 'MLflow', 'mlflow');
    const measured = await sideBySide(ours, theirs, rounds);
    return [{ what, ours: measured.ours, beside: { name, measured }, required: { timesFaster: 20 } }];
  },
};

/** Two versions, the second in Production. */
async function prepareOurs({ folder }: Place): Promise<Contender> {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const data = join(folder, 'training.csv');
  await writeSyntheticRows(data, { from: 0, rows: 5_000, shifted: false, target: true });
  const inWorkspace = (...parameters: string[]) => mlops('-C', workspace, ...parameters);
  await measure(inWorkspace('init', '--model', 'bench', '--schema', 'schema.json', '--yes'));
  for (const seed of ['1', '2']) {
    const model = join(folder, `${seed}.onnx`);
    await measure(mlops('train', '--data', data, '--target', 'defaulted', '--seed', seed, '--output', model));
    await measure(inWorkspace('model', 'register', model, '--golden', data));
    await measure(inWorkspace('promote', seed));
  }
  return { command: inWorkspace('rollback'), reset: inWorkspace('promote', '2') };
}

/** The same in a local registry on SQLite. */
async function prepareTheirs({ folder }: Place, python: string): Promise<Contender> {
  const store = `sqlite:///${join(folder, 'mlflow.db')}`;
  await measure(peer(python, 'mlflow_prepare.py', store, folder));
  return {
    command: peer(python, 'mlflow_rollback.py', store, '1'),
    reset: peer(python, 'mlflow_rollback.py', store, '2'),
  };
}
