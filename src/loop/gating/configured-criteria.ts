import { type GateCriteria, gateCriteria } from '../../gate/index.ts';
import type { Configuration, GateConfiguration } from '../../workspace/index.ts';

/** What a challenger is asked for by the configuration. */
export function configuredCriteria(
  { preset, overrides, costs }: GateConfiguration,
  performance: Configuration['performance'],
): GateCriteria {
  return gateCriteria(
    preset,
    overrides,
    { maximumBrier: performance.brier_maximum },
    costs === undefined ? null : { falsePositive: costs.false_positive, falseNegative: costs.false_negative },
  );
}
