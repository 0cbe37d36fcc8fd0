import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { file } from './bad-input.ts';
import { allLabelled, copyOf, loopWorkspace, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const root = join(import.meta.dirname, '..', '..');
const reference = join(root, 'fixtures', 'reference.csv');
const stream = join(root, 'fixtures', 'stream.csv');
const fresh = mkdtempSync(join(tmpdir(), 'mlops-test-'));
let workspace = '';
beforeAll(async () => {
  workspace = copyOf(await loopWorkspace());
  await runMlops(['-C', workspace, '--as-of', allLabelled, 'train', '--from-store']);
});

function validate(schema: string, document: unknown, words: readonly string[] = []): void {
  const text = readFileSync(join(root, 'schemas', `${schema}.schema.json`), 'utf8');
  const valid = new Ajv2020({ strict: false, formats: { uri: true } }).compile(JSON.parse(text));
  expect([words, valid(document) ? [] : valid.errors]).toEqual([words, []]);
}

const labels = () =>
  file('l.csv', 'prediction_id,true_label,label_timestamp,label_source\nnobody,1,2026-08-10T00:00:00Z,x\n');
const model = join(fresh, 'model.onnx');

/** Schema, command line, and the keys that other programs rely on, in the order in which they are run. */
const documents: readonly (readonly [string, () => readonly string[], readonly string[]])[] = [
  [
    'init',
    () => ['-C', join(fresh, 'ws'), 'init', '--model', 'm', '--schema', 's.json', '--yes'],
    ['created', 'path'],
  ],
  ['table-schema', () => ['schema', 'infer', reference, '--target', 'defaulted'], ['fields']],
  ['validate', () => ['validate', stream, '--schema', join(workspace, 'schema.json')], ['valid', 'rules']],
  [
    'drift',
    () => ['drift', '--reference', reference, '--current', stream],
    ['status', 'share_drifted', 'features', 'report'],
  ],
  ['drift', () => ['drift', '--last', '7d'], ['status', 'features_total', 'features_drifted']],
  ['drift-windows', () => ['drift', '--last', '56d', '--every', '7d'], ['status', 'windows', 'features']],
  [
    'drift-calibrate',
    () => ['drift', 'calibrate', '--draws', '200'],
    ['file', 'false_alarms', 'sizes', 'features'],
  ],
  ['monitor', () => ['monitor'], ['run_id', 'status', 'checks']],
  ['drift-compare', () => ['drift', 'compare', '1', '1'], ['before', 'after', 'sentence', 'features']],
  ['drift-explain', () => ['drift', 'explain', 'age'], ['feature', 'test', 'limit', 'issues', 'runs']],
  [
    'train',
    () => ['train', '--data', reference, '--target', 'defaulted', '--output', model],
    ['run_id', 'version', 'rows', 'metrics', 'artifact', 'duration_ms'],
  ],
  ['model-register', () => ['model', 'register', model], ['version', 'stage', 'golden_rows']],
  [
    'score',
    () => ['score', '--model', model, '--input', stream, '--output', join(fresh, 's.csv')],
    ['rows', 'output', 'duration_ms'],
  ],
  [
    'predictions-import',
    () => ['predictions', 'import', stream],
    ['read', 'added', 'unchanged', 'rejected', 'rejects_file'],
  ],
  [
    'predictions-explain',
    () => ['predictions', 'explain', 'pred_20260803_000000', '--version', '1'],
    ['probability', 'method', 'base', 'sum', 'features', 'sentence'],
  ],
  [
    'labels-add',
    () => ['labels', 'add', labels()],
    ['read', 'added', 'corrected', 'unchanged', 'rejected', 'unmatched', 'rejects_file', 'coverage'],
  ],
  ['labels-coverage', () => ['labels', 'coverage'], ['total', 'weeks']],
  ['gate', () => ['gate'], ['decision', 'champion', 'challenger', 'rows', 'criteria', 'significance']],
  ['production-change', () => ['promote', '2'], ['from', 'to', 'reason', 'duration_ms', 'verified']],
  ['production-change', () => ['rollback'], ['from', 'to', 'reason', 'duration_ms', 'verified']],
  ['models', () => ['models'], ['versions']],
  ['models-show', () => ['models', 'show', '1'], ['version', 'stage', 'artifact']],
  ['models-card', () => ['models', 'card', '1'], ['version', 'features', 'evaluation', 'limits']],
  ['models-at', () => ['models', 'at', shifted], ['at', 'version']],
  ['health', () => ['health', '--no-network'], ['status', 'generated_at', 'checks']],
  ['heal', () => ['heal', '--mode', 'observe'], ['run_id', 'state', 'steps', 'outcome']],
  [
    'export',
    () => ['export', 'all', '--to', join(fresh, 'export')],
    ['path', 'rows', 'bytes', 'sha256', 'format'],
  ],
  ['export-verify', () => ['export', 'verify', join(fresh, 'export')], ['status', 'problems']],
  ['verify', () => ['verify'], ['status', 'problems']],
  ['demo', () => ['-C', join(fresh, 'demo'), 'demo'], ['workspace', 'stages', 'report', 'export', 'next']],
  ['failure', () => ['models', 'show', '99'], ['error', 'cause', 'try', 'exit_code']],
];

test('every command with --json prints one document, as its published schema has it', async () => {
  for (const [schema, commandLine, keys] of documents) {
    const words = commandLine();
    const asOf = words[0] === 'drift' || words[0] === 'monitor' ? shifted : allLabelled;
    const where = words[0] === '-C' ? [] : ['-C', workspace, '--as-of', asOf];
    const { stdout } = await runMlops(['--json', ...where, ...words]);
    const document: unknown = JSON.parse(stdout);
    validate(schema, document, words);
    expect([words, Object.keys(Object(document))]).toEqual([words, expect.arrayContaining([...keys])]);
  }
  validate('export-manifest', JSON.parse(readFileSync(join(fresh, 'export', 'manifest.json'), 'utf8')));
}, 120_000);

test('mlops.yaml as init writes it is as its published schema has it, and an unknown key is not', () => {
  const configuration = parse(readFileSync(join(workspace, 'mlops.yaml'), 'utf8'));
  validate('mlops-yaml', configuration);
  expect(() => validate('mlops-yaml', { ...configuration, unknown: 1 })).toThrow();
});
