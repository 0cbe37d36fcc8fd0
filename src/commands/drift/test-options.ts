import { type Command, Option } from 'commander';
import type { TestPlan } from '../../drift/index.ts';
import {
  type DriftConventionName,
  type DriftTestName,
  driftConventionNames,
  driftTestNames,
} from '../../platform/drift-test-names.ts';
import { UsageError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import { collect, parseSeed } from '../option-values.ts';

export interface TestOptions {
  readonly test?: readonly string[];
  readonly numerical?: string;
  readonly categorical?: string;
  readonly threshold?: readonly string[];
  readonly allTests?: boolean;
  readonly convention?: DriftConventionName;
  readonly seed?: string;
}

/** The options that choose tests, thresholds and whose rules decide; each goes before mlops.yaml. */
export function addTestOptions(command: Command): Command {
  return command
    .option(
      '--test <feature=name>',
      'the test of one feature; may be repeated: mlops help drift-tests',
      collect,
    )
    .option('--numerical <name>', 'the test of numerical features')
    .option('--categorical <name>', 'the test of categorical features')
    .option(
      '--threshold <number>',
      'in place of each test’s own; FEATURE=NUMBER for one feature; may be repeated',
      collect,
    )
    .option('--all-tests', 'in the JSON beside each feature: every test that takes its type')
    .addOption(
      new Option(
        '--convention <name>',
        'whose tests by default, whose decision: ours, or exactly a peer’s',
      ).choices(driftConventionNames),
    )
    .option('--seed <n>', 'of tests that draw permutations', '42');
}

/** @throws UsageError for an unknown test with what may have been meant, or a threshold that is no number */
export function parseTestOptions(options: TestOptions) {
  const thresholds = (options.threshold ?? []).map(parseThreshold);
  const overall = thresholds.filter(({ feature }) => feature === undefined);
  if (overall.length > 1)
    throw new UsageError('--threshold stands twice without a feature', {
      remedy: 'write it once, and for single features like --threshold age=0.2',
    });
  const plan: TestPlan = {
    numerical: parseTest('--numerical', options.numerical),
    categorical: parseTest('--categorical', options.categorical),
    byFeature: onceEach('--test', (options.test ?? []).map(parseFeatureTest)),
    threshold: overall[0]?.number,
    thresholdByFeature: onceEach(
      '--threshold',
      thresholds.flatMap(({ feature, number }) =>
        feature === undefined ? [] : [[feature, number] as const],
      ),
    ),
  };
  return {
    plan,
    convention: options.convention,
    allTests: options.allTests ?? false,
    ...parseSeed(options.seed),
  };
}

function parseFeatureTest(text: string): readonly [string, DriftTestName] {
  const [feature, name] = splitAtLast(text);
  if (feature !== undefined) return [feature, requireTest('--test', name)];
  throw new UsageError(`--test '${text}' names no feature`, {
    remedy: 'write it like --test age=ks; for all features --numerical or --categorical',
  });
}

function parseTest(option: string, name: string | undefined): DriftTestName | undefined {
  return name === undefined ? undefined : requireTest(option, name);
}

function requireTest(option: string, name: string): DriftTestName {
  const found = driftTestNames.find((each) => each === name);
  if (found !== undefined) return found;
  const near = nearest(name, driftTestNames);
  throw new UsageError(`${option}: there is no test '${name}'`, {
    why: `the tests are ${driftTestNames.join(', ')}`,
    remedy: near.length === 0 ? 'see mlops help drift-tests' : `perhaps ${near.join(' or ')} was meant`,
  });
}

function parseThreshold(text: string): { readonly feature: string | undefined; readonly number: number } {
  const [feature, figure] = splitAtLast(text);
  const number = Number(figure);
  if (figure.trim() !== '' && Number.isFinite(number) && number > 0) return { feature, number };
  throw new UsageError(`--threshold '${text}' is no number above 0`, {
    remedy: 'write it like --threshold 0.2 or --threshold age=0.2',
  });
}

/** At the last `=`, because a feature's name may hold one; without any the first part is undefined. */
function splitAtLast(text: string): readonly [string | undefined, string] {
  const at = text.lastIndexOf('=');
  return at < 1 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)];
}

function onceEach<Value>(option: string, pairs: readonly (readonly [string, Value])[]): Map<string, Value> {
  const twice = pairs.find(([feature], place) => pairs.findIndex(([each]) => each === feature) !== place);
  if (twice === undefined) return new Map(pairs);
  throw new UsageError(`${option} names the feature '${twice[0]}' twice`, { remedy: 'keep one of them' });
}
