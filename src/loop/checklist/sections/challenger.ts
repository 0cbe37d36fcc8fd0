import { lengthInWords } from '../../../health/in-words.ts';
import { findChallenger } from '../../../registry/index.ts';
import { figure } from '../../../report/figures.ts';
import { gateDecisionsOf } from '../../../store/index.ts';
import { nothingHere, type Section } from '../section.ts';

export const challengerSection: Section = {
  name: 'staging',
  title: 'The version in Staging',
  lists: ['wednesday'],
  needs: 'store',
  examine: ({ now }, store) => {
    const challenger = findChallenger(store, now);
    if (challenger === undefined) return nothingHere('no version is in Staging');
    const { version, createdAt, metrics } = challenger;
    const decision = gateDecisionsOf(store, version).at(-1);
    const figures =
      metrics === null
        ? 'no figures'
        : `F1 ${figure(metrics.f1 ?? null)}, Brier ${figure(metrics.brier ?? null)}`;
    return {
      status: 'OK',
      lines: [
        `version ${version}, ${lengthInWords(Math.max(0, now - createdAt))} old; at validation: ${figures}`,
        decision === undefined
          ? 'the gate has not judged it yet'
          : `the gate decided ${decision.decision} on ${decision.rows} rows, ${lengthInWords(Math.max(0, now - decision.at))} ago`,
      ],
      remedy:
        decision?.decision === 'promote'
          ? 'mlops promote challenger'
          : `mlops gate; all about it: mlops models show ${version}`,
    };
  },
};
