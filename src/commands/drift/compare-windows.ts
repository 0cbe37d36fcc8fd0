import type { DriftWindows } from '../../data/results/drift-windows.ts';
import type { WindowRule } from '../../drift/index.ts';
import { UsageError } from '../../platform/errors.ts';
import { verdictExitCode } from '../../platform/exit-codes.ts';
import { minimumSample } from '../../workspace/defaults.ts';
import type { Session } from '../command.ts';
import { checkDuration, requireWhole } from '../option-values.ts';
import { type DriftOptions, oneFileAlone, rulesOf } from './drift-options.ts';
import { againstOf } from './window-options.ts';

const ofOneComparison = [
  'run',
  'html',
  'report',
  'print',
  'multivariate',
  'sample',
  'prediction',
  'target',
] as const;

/** `mlops drift` window by window. */
export async function compareWindows(
  options: DriftOptions,
  rule: WindowRule,
  session: Session,
): Promise<void> {
  const whole = ofOneComparison.find((name) => options[name] !== undefined);
  if (whole !== undefined) {
    throw new UsageError(`--${whole} is of one comparison, not of windows`, {
      remedy: 'leave it out, or compare one window alone',
    });
  }
  const { driftWindowsView } = await import('../../report/drift-windows-view.ts');
  const result = await measure(options, rule, session);
  session.result(result, () => driftWindowsView(result));
  session.exit(verdictExitCode(result.status));
}

async function measure(options: DriftOptions, rule: WindowRule, session: Session): Promise<DriftWindows> {
  const { reference, current, time } = options;
  const asked = { rule, against: againstOf(options), rules: rulesOf(options) };
  if (current !== undefined) {
    const { compareFileWindows } = await import('../../loop/monitoring/windows-of-files.ts');
    const minimumRows = requireWhole('--minimum-rows', options.minimumRows, minimumSample);
    return compareFileWindows(
      { ...options, ...asked, reference, current, time, minimumRows },
      session.signal,
    );
  }
  if (reference !== undefined) throw oneFileAlone();
  checkDuration('--last', options.last);
  const { openWorkspace } = await import('../../workspace/index.ts');
  const { compareStoreWindows } = await import('../../loop/monitoring/windows-of-store.ts');
  return compareStoreWindows(
    openWorkspace(session.folder),
    { ...asked, last: options.last },
    session.clock,
    session.signal,
  );
}
