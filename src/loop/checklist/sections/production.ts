import { lengthInWords } from '../../../health/in-words.ts';
import { measurePerformance } from '../../../health/measure-performance.ts';
import { findProductionAt } from '../../../registry/index.ts';
import { figure } from '../../../report/figures.ts';
import { durationMs } from '../../../workspace/index.ts';
import { nothingHere, type Section } from '../section.ts';

export const productionSection: Section = {
  name: 'production',
  title: 'The Production version',
  lists: ['wednesday'],
  needs: 'store',
  examine: ({ workspace, now }, store) => {
    const production = findProductionAt(store, now);
    if (production === undefined) return nothingHere('no version is in Production');
    const { version, createdAt, metrics } = production;
    const age = now - createdAt;
    const { heal, performance } = workspace.config;
    const old = age > durationMs(heal.retrain_after);
    const measured = measurePerformance(workspace, store, String(version), now);
    const validated =
      metrics === null
        ? 'no figures'
        : `F1 ${figure(metrics.f1 ?? null)}, Brier ${figure(metrics.brier ?? null)}`;
    return {
      status: old ? 'WARNING' : 'OK',
      lines: [
        `version ${version}, ${lengthInWords(Math.max(0, age))} old${old ? `, older than ${heal.retrain_after}: consider retraining` : ''}`,
        `at validation: ${validated}`,
        measured.rows === 0
          ? `in the last ${performance.lookback}: no labelled predictions of it`
          : `in the last ${performance.lookback}: F1 ${figure(measured.f1)}, Brier ${figure(measured.brier)} on ${measured.rows} labelled rows`,
      ],
      remedy: old ? 'mlops heal' : null,
    };
  },
};
