import {
  type ComparisonRules,
  defaultRules,
  driftConventions,
  type Feature,
  type Importance,
  mergePlans,
  requireFeatures,
  requirePlanFits,
  type TestPlan,
} from '../../drift/index.ts';
import type { DriftConventionName } from '../../platform/drift-test-names.ts';
import { ConfigurationError, UsageError } from '../../platform/errors.ts';
import { driftDefaults } from '../../workspace/defaults.ts';
import type { Configuration } from '../../workspace/index.ts';

/** What a single comparison may ask for in place of mlops.yaml. */
export interface AskedRules {
  readonly falseAlarms?: number | undefined;
  readonly correction?: boolean;
  readonly convention?: DriftConventionName | undefined;
  readonly plan?: TestPlan;
  readonly seed?: number | undefined;
  readonly allTests?: boolean;
  /** In place of what the Production version's trees say. */
  readonly importance?: Importance | undefined;
}

type DriftConfiguration = Configuration['monitoring']['drift'];

/** By what rules features are compared: as asked, else as mlops.yaml says, else by default. */
export function comparisonRules(
  asked: AskedRules,
  configured?: DriftConfiguration,
): ComparisonRules & Pick<AskedRules, 'importance'> {
  const { plan = {}, correction = true, allTests = false } = asked;
  return {
    falseAlarms: asked.falseAlarms ?? configured?.false_alarms ?? driftDefaults.falseAlarms,
    convention: driftConventions[conventionOf(asked, configured)],
    plan: configured === undefined ? plan : mergePlans(plan, configuredPlan(configured)),
    seed: asked.seed ?? defaultRules.seed,
    correction,
    allTests,
    importance: asked.importance,
  };
}

/**
 * That what was asked for can be done; before the data is read `features` may be unknown.
 * @throws UsageError of the command line's tests and weights, ConfigurationError of those in mlops.yaml
 */
export function requireRulesFit(
  asked: AskedRules,
  features: readonly Feature[] | undefined,
  configured?: DriftConfiguration,
): void {
  const convention = conventionOf(asked, configured);
  if (configured !== undefined)
    requirePlanFits(configuredPlan(configured), features, convention, ConfigurationError);
  requirePlanFits(asked.plan ?? {}, features, convention, UsageError);
  if (features !== undefined) requireFeatures(asked.importance?.keys() ?? [], features, UsageError);
}

function conventionOf(asked: AskedRules, configured?: DriftConfiguration): DriftConventionName {
  return asked.convention ?? configured?.convention ?? defaultRules.convention.name;
}

function configuredPlan(configured: DriftConfiguration): TestPlan {
  return {
    numerical: configured.numerical,
    categorical: configured.categorical,
    byFeature: new Map(Object.entries(configured.tests)),
    threshold: configured.threshold,
    thresholdByFeature: new Map(Object.entries(configured.thresholds)),
  };
}
