import { listNames } from '../data/list-names.ts';
import type { DriftConventionName, DriftTestName } from '../platform/drift-test-names.ts';
import type { FailureText, MlopsError } from '../platform/errors.ts';
import { nearest } from '../platform/nearest.ts';
import type { Feature } from './feature-types.ts';
import { type DriftTest, driftTests, namedTest } from './tests/index.ts';

/** Tests and thresholds that the user asked for; where nothing is said the convention chooses. */
export interface TestPlan {
  readonly numerical?: DriftTestName | undefined;
  readonly categorical?: DriftTestName | undefined;
  /** By the name of the feature; before `numerical` and `categorical`. */
  readonly byFeature?: ReadonlyMap<string, DriftTestName> | undefined;
  /** In place of each test's own. */
  readonly threshold?: number | undefined;
  readonly thresholdByFeature?: ReadonlyMap<string, number> | undefined;
}

/** The first plan where it says something, else the second. */
export function mergePlans(first: TestPlan, second: TestPlan): TestPlan {
  return {
    numerical: first.numerical ?? second.numerical,
    categorical: first.categorical ?? second.categorical,
    byFeature: new Map([...(second.byFeature ?? []), ...(first.byFeature ?? [])]),
    threshold: first.threshold ?? second.threshold,
    thresholdByFeature: new Map([...(second.thresholdByFeature ?? []), ...(first.thresholdByFeature ?? [])]),
  };
}

type Refusal = new (message: string, text: FailureText) => MlopsError;

/**
 * That every test takes what it was asked for and, where the features are known, that these exist.
 * @param refusal the error to throw: whose plan it is, a command line's or a file's
 */
export function requirePlanFits(
  plan: TestPlan,
  features: readonly Feature[] | undefined,
  convention: DriftConventionName,
  refusal: Refusal,
): void {
  for (const type of ['numerical', 'categorical'] as const) {
    const name = plan[type];
    if (name !== undefined) requireTakes(namedTest(name, convention), type, `${type} features`, refusal);
  }
  if (features === undefined) return;
  requireFeatures(plan.thresholdByFeature?.keys() ?? [], features, refusal);
  for (const [name, test] of plan.byFeature ?? []) {
    const { type } = requireFeature(name, features, refusal);
    requireTakes(namedTest(test, convention), type, `feature '${name}', which is ${type}`, refusal);
  }
  for (const feature of features) requireChance(feature, plan, convention, refusal);
}

/** That there is a feature of each name. @throws the refusal, with the name that may have been meant */
export function requireFeatures(
  names: Iterable<string>,
  features: readonly Feature[],
  refusal: Refusal,
): void {
  for (const name of names) requireFeature(name, features, refusal);
}

/** No p-value reaches 1: held to a threshold from 1 on, every feature would have drifted. */
function requireChance(
  { name, type }: Feature,
  plan: TestPlan,
  convention: DriftConventionName,
  refusal: Refusal,
): void {
  const asked =
    plan.byFeature?.get(name) ?? (type === 'categorical' || type === 'numerical' ? plan[type] : undefined);
  const threshold = plan.thresholdByFeature?.get(name) ?? plan.threshold;
  if (asked === undefined || threshold === undefined || threshold < 1) return;
  if (namedTest(asked, convention).kind !== 'p_value') return;
  throw new refusal(`the threshold ${threshold} of '${name}' is no p-value`, {
    why: `'${asked}' gives p-values: a feature has drifted where its own is below the threshold`,
    remedy: 'give a threshold below 1, such as 0.05',
  });
}

function requireFeature(name: string, features: readonly Feature[], refusal: Refusal): Feature {
  const found = features.find((feature) => feature.name === name);
  if (found !== undefined) return found;
  const names = features.map((feature) => feature.name);
  const [guess] = nearest(name, names);
  throw new refusal(`there is no feature '${name}'`, {
    why: `the features are ${listNames(names)}`,
    remedy: guess === undefined ? 'name one of these' : `perhaps '${guess}' was meant`,
  });
}

function requireTakes(test: DriftTest, type: Feature['type'], asked: string, refusal: Refusal): void {
  if (takes(test, type)) return;
  const others = Object.values<DriftTest>(driftTests).filter((each) => takes(each, type));
  throw new refusal(`the test '${test.name}' does not take ${asked}`, {
    why: `it takes ${test.takes.join(' and ')} features`,
    remedy:
      others.length === 0
        ? 'correct the type in the schema'
        : `choose of ${others.map((each) => each.name).join(', ')}`,
  });
}

function takes(test: DriftTest, type: Feature['type']): boolean {
  return test.takes.some((taken) => taken === type);
}
