import { z } from 'zod';
import { checkVersion } from '../../health/golden-rows.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { findProduction, promoteVersion, requireVersion } from '../../registry/index.ts';
import type { HealStep } from './heal-step.ts';

const gateLeft = z.object({
  champion: z.string().nullable(),
  challenger: z.string(),
  decision: z.literal('promote'),
});

/** Promotes only what the gate passed, and only while the champion is the one it was compared with. */
export const promoteStep: HealStep = async (context) => {
  const { workspace, store, runId, who, clock } = context;
  const { champion, challenger } = gateLeft.parse(context.earlier('gate'));
  const checked = await checkVersion(requireVersion(store, challenger), workspace.paths.artifacts);
  return () => {
    const production = findProduction(store)?.version.toString() ?? null;
    if (production !== champion) {
      throw new UnavailableError(`version ${challenger} was compared with another champion`, {
        why: `the gate compared it with version ${champion ?? 'none'}, and version ${production ?? 'none'} is in Production now`,
        remedy: 'run the gate again: mlops gate',
      });
    }
    const change = { at: clock.now(), who, command: 'heal', reason: `heal run ${runId}: gate passed` };
    const { from, to } = promoteVersion(store, challenger, change, () => undefined);
    return {
      summary: `Production went from ${from === null ? 'none' : `version ${from}`} to version ${to}; ${checked} golden rows checked`,
      result: { from, to },
      next: { outcome: 'promoted' },
    };
  };
};
