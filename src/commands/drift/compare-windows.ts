import type { Command } from 'commander';
import type { DriftWindows } from '../../data/results/drift-windows.ts';
import type { WindowRule } from '../../drift/index.ts';
import { UsageError } from '../../platform/errors.ts';
import { verdictExitCode } from '../../platform/exit-codes.ts';
import { minimumSample } from '../../workspace/defaults.ts';
import type { Session } from '../command.ts';
import { checkDuration, requireWhole } from '../option-values.ts';
import { type DriftOptions, oneFileAlone, rulesOf } from './drift-options.ts';
import { requireTaken } from './option-scope.ts';
import { againstOf } from './window-options.ts';

/** `mlops drift` window by window. */
export async function compareWindows(
  options: DriftOptions,
  rule: WindowRule,
  session: Session,
  drift: Command,
): Promise<void> {
  if (options.current === undefined && options.reference !== undefined) throw oneFileAlone();
  requireTaken(options.current === undefined ? 'windows of the store' : 'windows of a file', drift);
  if (options.reference !== undefined && (againstOf(options) ?? 'reference') !== 'reference') {
    throw new UsageError('--reference says nothing to windows that are compared with each other', {
      remedy: 'leave --reference or --against out',
    });
  }
  if (options.calibration !== undefined && options.reference === undefined) {
    throw new UsageError('--calibration says nothing to windows that are compared with each other', {
      remedy: 'leave it out, or give the --reference that it is for',
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
      { ...options, ...asked, against: asked.against ?? 'reference', reference, current, time, minimumRows },
      session.signal,
    );
  }
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
