import type { z } from 'zod';

/**
 * What is wrong with a value that is none of several kinds, as one of the kind that was most likely meant: that with the fewest
 * keys unknown or missing. Paths begin at the value. Undefined where several kinds are as near.
 */
export function nearestKind(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  const kinds = issue.errors.map((issues) => ({
    issues,
    strange: issues.reduce((sum, each) => sum + strangeKeys(each), 0),
  }));
  const fewest = Math.min(...kinds.map((each) => each.strange));
  const [nearest, ...others] = kinds.filter((each) => each.strange === fewest);
  return others.length === 0 ? nearest?.issues : undefined;
}

function strangeKeys(issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') return issue.keys.length;
  return isMissing(issue) ? 1 : 0;
}

export function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && /received undefined/.test(issue.message);
}
