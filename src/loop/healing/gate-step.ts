import { prepareDecision } from '../gating/judge-challenger.ts';
import type { HealStep } from './heal-step.ts';
import { trainLeft } from './train-step.ts';

export const gateStep: HealStep = async (context) => {
  const { workspace, store, runId, who, clock, mode, signal } = context;
  const { challenger } = trainLeft.parse(context.earlier('train'));
  const prepared = await prepareDecision(workspace, store, { challenger }, clock.now(), signal);
  return () => {
    const change = { at: clock.now(), who, command: 'heal', reason: `heal run ${runId}: gate` };
    const { decision, champion, criteria } = prepared.record(store, change);
    const failed = criteria.filter((criterion) => !criterion.passed);
    const result = { champion, challenger, decision };
    if (decision === 'reject') {
      const summary = `version ${challenger} was rejected: ${failed.map((each) => each.detail).join(' ')}`;
      return { summary, result, next: { outcome: 'rejected' } };
    }
    const summary = `version ${challenger} met all ${criteria.length} criteria`;
    return { summary, result, next: mode === 'act' ? 'promote' : { outcome: 'suggested' } };
  };
};
