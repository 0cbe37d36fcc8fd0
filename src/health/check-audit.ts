import { auditProblems } from '../store/index.ts';
import type { Check } from './check.ts';
import { counted } from './in-words.ts';

/** Rows at the end of the chain that are hashed again: as many as take some 10 ms. */
const newest = 2_000;

/** The end of the audit chain is as it was written; `mlops verify` walks all of it. */
export const checkAudit: Check = {
  name: 'audit',
  contact: 'infrastructure',
  needs: 'store',
  examine: ({ store }) => {
    const { events, problems } = store.read(() => auditProblems(store, newest));
    const found = { observed: problems.length, threshold: 0, unit: 'problems' } as const;
    const [first] = problems;
    if (first === undefined) {
      const which = events < newest ? counted(events, 'row') : `the newest ${counted(events, 'row')}`;
      return { ...found, status: 'OK', summary: `the chain holds over ${which}`, remedy: null };
    }
    return {
      ...found,
      status: 'CRITICAL',
      summary: problems.length === 1 ? first : `${first}, and ${problems.length - 1} more`,
      remedy: 'keep a copy of the store as it is, see all of it with mlops verify, ask who had access',
    };
  },
};
