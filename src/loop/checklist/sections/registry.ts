import { lengthInWords } from '../../../health/in-words.ts';
import { findChallenger, findProductionAt, listVersions } from '../../../registry/index.ts';
import { figure } from '../../../report/figures.ts';
import { nothingHere, type Section } from '../section.ts';

export const registrySection: Section = {
  name: 'registry',
  title: 'Model registry',
  lists: ['morning'],
  needs: 'store',
  examine: ({ now }, store) => {
    const versions = listVersions(store).length;
    if (versions === 0) return nothingHere('no model is registered yet');
    const production = findProductionAt(store, now);
    const challenger = findChallenger(store, now);
    const waiting =
      challenger === undefined
        ? []
        : [`version ${challenger.version} waits in Staging: mlops gate, then mlops promote challenger`];
    if (production === undefined) {
      return {
        status: 'CRITICAL',
        lines: [`${versions} versions and none in Production`, ...waiting],
        remedy: 'mlops models; then: mlops promote VERSION',
      };
    }
    const { version, createdAt, metrics } = production;
    const f1 = metrics?.f1 === undefined ? '' : `, F1 ${figure(metrics.f1)} at validation`;
    return {
      status: 'OK',
      lines: [
        `version ${version} is in Production, ${lengthInWords(Math.max(0, now - createdAt))} old${f1}; ${versions} in all`,
        ...waiting,
      ],
      remedy: null,
    };
  },
};
