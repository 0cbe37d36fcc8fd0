import { z } from 'zod';
import type { Store } from '../store.ts';

/** The command by which a recovery stands in the audit. */
export const recoveryCommand = 'store recover';

const breaksDefinition = z.object({
  /** Numbers of audit rows that could not be read, both ends included. */
  audit_gaps: z.array(z.object({ from: z.int(), to: z.int() })),
  /** Numbers of the changes of stage before which others are missing. */
  stage_gaps: z.array(z.int()),
});

export type RecordedBreaks = z.infer<typeof breaksDefinition>;

/**
 * What recoveries have written down as lost: a break that is recorded is no sign of tampering, and every look at the store
 * tells of it all the same.
 */
export function recordedBreaks(store: Store): RecordedBreaks {
  const rows = store.connection
    .prepare<[string], { after: string }>('SELECT after FROM event WHERE command = ? ORDER BY seq')
    .all(recoveryCommand);
  const found = rows
    .map(({ after }) => breaksDefinition.safeParse(parsed(after)).data)
    .filter((each) => each !== undefined);
  return {
    audit_gaps: found.flatMap((each) => each.audit_gaps),
    stage_gaps: found.flatMap((each) => each.stage_gaps),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
