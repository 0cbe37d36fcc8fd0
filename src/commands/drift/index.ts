import type { Register } from '../command.ts';
import { registerCalibrate } from './calibrate.ts';
import { registerCompare } from './compare.ts';
import { registerCompareRuns } from './compare-runs.ts';
import { registerExplainFeature } from './explain.ts';
import { registerHistory } from './history.ts';

/** To add a command below `drift`: its file here, and its line. */
export const registerDrift: Register = (program, open) => {
  const drift = registerCompare(program, open);
  registerCalibrate(drift, open);
  registerHistory(drift, open);
  registerCompareRuns(drift, open);
  registerExplainFeature(drift, open);
};
