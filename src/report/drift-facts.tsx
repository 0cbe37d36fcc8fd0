import type { DriftResult } from '../data/results/drift.ts';
import { type Fact, Facts } from './facts.tsx';
import { figure, grouped, percent } from './figures.ts';

interface FactsSubject {
  readonly result: DriftResult;
  readonly referenceName: string;
  readonly currentName: string;
}

/** What was compared with what, by whose rules, and how far the verdict can be believed. */
export function DriftFacts({ result, referenceName, currentName }: FactsSubject) {
  const { features_drifted, features_total, share_drifted } = result;
  const { reference, current, share_drifted_by_importance, convention, false_alarms, power } = result;
  const facts: readonly Fact[] = [
    ['Reference', `${referenceName}, ${grouped(reference.rows)} rows`],
    ['Current', `${currentName}, ${grouped(current.rows)} rows`],
    ['Drifted', `${features_drifted} of ${features_total} (${percent(share_drifted)})`],
    [
      'Drifted by importance',
      share_drifted_by_importance === undefined ? undefined : percent(share_drifted_by_importance),
    ],
    ['Decided by the rules of', convention],
    ['False alarms', false_alarms?.sentence],
    [
      'Chance to see a shift, by its size in deviations',
      power?.map((each) => `${figure(each.shift)}: ${percent(each.power)}`).join(', '),
    ],
  ];
  return <Facts facts={facts} />;
}
