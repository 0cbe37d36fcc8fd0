import type { Command } from 'commander';
import { UsageError } from '../../platform/errors.ts';
import { actor } from '../actor.ts';
import type { Open } from '../command.ts';
import { requireCount } from '../option-values.ts';
import { progressLines } from '../progress.ts';
import { type DriftOptions, rulesOf } from './drift-options.ts';
import { requireTaken } from './option-scope.ts';

interface CalibrateOptions extends DriftOptions {
  readonly draws: string;
  readonly output?: string;
}

export function registerCalibrate(drift: Command, open: Open): void {
  drift
    .command('calibrate')
    .description('Find thresholds by resampling the reference, so that false alarms come as rarely as asked.')
    .option('--draws <n>', 'windows that are drawn of each size', '1000')
    .option('--output <file>', 'for a bare file: where the thresholds go; in a workspace beside its schema')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command: Command) => {
      const session = open(command);
      const options = command.optsWithGlobals<CalibrateOptions>();
      const { reference, output, schema, format, types, time } = options;
      const subject = reference === undefined ? 'the workspace' : 'a file';
      requireTaken(`a calibration of ${subject}`, command.parent);
      const attention = { signal: session.signal, progress: progressLines(session) };
      const request = { rules: rulesOf(options), draws: requireCount('--draws', options.draws), time };
      const { calibrateFile, calibrateWorkspace } = await import('../../loop/monitoring/calibrate-drift.ts');
      const { driftCalibrateView } = await import('../../report/drift-calibrate-view.ts');
      const result = await calibrate();
      session.result(result, () => driftCalibrateView(result));

      async function calibrate() {
        if (reference !== undefined && output !== undefined) {
          const answers = [options.prediction, options.target].filter((name) => name !== undefined);
          const file = { ...request, reference, output, schema, format, types, answers };
          return calibrateFile(file, session.clock, attention);
        }
        if (reference !== undefined || output !== undefined)
          throw new UsageError('--reference and --output go together', {
            remedy: 'give both, or neither to calibrate by the reference of the workspace',
          });
        const { openWorkspace } = await import('../../workspace/index.ts');
        return calibrateWorkspace(
          openWorkspace(session.folder),
          { ...request, who: actor() },
          session.clock,
          attention,
        );
      }
    });
}

const examples = `
In a workspace, of the reference that monitor compares with; the thresholds go beside the schema
(schema.drift.json), and monitor and drift use them from then on while the reference is that one.
Of drift it takes --false-alarms, --time, --seed and what chooses tests; for a bare file also
--reference, --schema, --types, --format, --prediction and --target. With a column of times, the
schema's or --time, neighbouring rows are drawn together, because they are alike.

Examples:
  $ mlops drift calibrate
  $ mlops drift calibrate --false-alarms 0.01 --draws 5000
  $ mlops drift calibrate --reference train.csv --time at --output train.drift.json
  $ mlops drift --reference train.csv --current week.csv --calibration train.drift.json

EXIT STATUS
  0 calibrated · 64 usage, too few draws · 65 bad data, too few rows · 66 no such file, no store
  74 cannot be written · 75 store in use · 78 no workspace, no reference · 130 interrupted`;
