import { UsageError } from '../../platform/errors.ts';
import { optionalChance } from '../option-values.ts';
import { parseTestOptions, type TestOptions } from './test-options.ts';
import { parseWeights } from './weights.ts';
import type { WindowOptions } from './window-options.ts';

/** Those of `mlops drift`, which the commands below it understand too. */
export interface DriftOptions extends TestOptions, WindowOptions {
  readonly reference?: string;
  readonly current?: string;
  readonly last?: string;
  readonly run?: string;
  readonly html?: string;
  readonly report?: readonly string[];
  readonly print?: string;
  readonly schema?: string;
  readonly types?: 'schema' | 'evidently';
  readonly format?: string;
  readonly minimumRows: string;
  readonly sample?: string;
  readonly falseAlarms?: string;
  readonly correction: boolean;
  readonly multivariate?: boolean;
  readonly prediction?: string;
  readonly target?: string;
  readonly weights?: readonly string[];
  readonly calibration?: string;
}

/** What the options ask for in place of mlops.yaml. @throws UsageError for one that is not understood, or that another makes idle */
export function rulesOf(options: DriftOptions) {
  const { convention = 'mlops', falseAlarms, correction } = options;
  if (convention !== 'mlops' && (falseAlarms !== undefined || !correction)) {
    throw new UsageError(`--convention ${convention} decides each feature by its own threshold`, {
      why: '--false-alarms and --no-correction are of the convention mlops',
      remedy: 'leave them out, or give --threshold',
    });
  }
  return {
    ...parseTestOptions(options),
    correction,
    falseAlarms: optionalChance('--false-alarms', falseAlarms),
    importance: parseWeights(options.weights),
  };
}

export function oneFileAlone(): UsageError {
  return new UsageError('--reference and --current go together', {
    remedy: 'give both files, or neither to look at the predictions of the workspace',
  });
}
