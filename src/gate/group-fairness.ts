import type { GateCriterion, GateGroupColumn } from '../data/results/gate.ts';
import { minimumSegmentRows } from './criteria.ts';
import type { Comparison, FirstModel } from './question.ts';
import { count, listed, settled, written } from './wording.ts';

type Asked = Pick<FirstModel | Comparison, 'criteria' | 'obstacle' | 'challenger'> & {
  readonly groups: readonly GateGroupColumn[] | null;
};

/** The shares of rows called positive in the groups of each protected column differ by no more than is allowed; undefined where nothing is asked. */
export function demographicParity(asked: Asked): GateCriterion | undefined {
  return limited(asked, {
    name: 'demographic_parity',
    subject: 'share of rows called positive',
    rows: 'rows',
    key: 'demographic_parity_difference',
    required: asked.criteria.maximumDemographicParityDifference,
  });
}

/** The shares of positive rows found in the groups of each protected column differ by no more than is allowed; undefined where nothing is asked. */
export function equalOpportunity(asked: Asked): GateCriterion | undefined {
  return limited(asked, {
    name: 'equal_opportunity',
    subject: 'share of positive rows found',
    rows: 'positive rows',
    key: 'equal_opportunity_difference',
    required: asked.criteria.maximumEqualOpportunityDifference,
  });
}

interface Limit {
  readonly name: 'demographic_parity' | 'equal_opportunity';
  readonly subject: string;
  readonly rows: string;
  readonly key: keyof GateGroupColumn['challenger'];
  readonly required: number | null;
}

/** Fails where a difference beyond the limit is established: the low end of its interval lies above it. */
function limited({ groups, obstacle, challenger }: Asked, limit: Limit): GateCriterion | undefined {
  const { name, required, subject, key } = limit;
  if (required === null) return undefined;
  const unknown = (detail: string) => ({ name, passed: false, observed: null, required, detail });
  if (obstacle !== undefined) return unknown(`The ${subject} cannot be compared: ${obstacle}.`);
  if (groups === null)
    return unknown(`The ${subject} is limited, but no column is protected: name them in gate.protected.`);
  const judged = groups.flatMap((each) => {
    const difference = each.challenger[key];
    return difference === null ? [] : [{ column: each.column, ...difference }];
  });
  const untold = groups.filter((each) => each.challenger[key] === null).map(({ column }) => `'${column}'`);
  if (untold.length > 0)
    return unknown(
      `Not enough evidence about ${listed(untold)}: fewer than two groups have ${count(minimumSegmentRows)} ${limit.rows}; wait for more labels.`,
    );
  const observed = settled(Math.max(...judged.map(({ low }) => low)));
  const passed = observed <= settled(required);
  const told = judged.map(({ column, value, low, high }) => {
    const [seen, from, to] = written([value, low, high], 3);
    return `'${column}' ${seen} (95 % interval ${from} to ${to})`;
  });
  const [allowed] = written([required], 3);
  return {
    name,
    passed,
    observed,
    required,
    detail: `Greatest difference between groups in the ${subject} by version ${challenger.version}: ${listed(told)}; one beyond ${allowed} is ${passed ? 'not ' : ''}established.`,
  };
}
