import type { Checklist, ChecklistName } from '../../data/results/checklist.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface ChecklistSubject {
  readonly workspace: Workspace;
  readonly clock: Clock;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export type SectionFinding = Pick<Checklist['sections'][number], 'status' | 'lines' | 'remedy'>;

interface Named {
  /** As `--json` has it. */
  readonly name: string;
  readonly title: string;
  readonly lists: readonly ChecklistName[];
}

/** One point of a checklist. What needs the store is UNKNOWN, with the reason, where the store cannot be read. */
export type Section =
  | (Named & { readonly needs: 'store'; examine(subject: ChecklistSubject, store: Store): SectionFinding })
  | (Named & { readonly needs: 'files'; examine(subject: ChecklistSubject): Promise<SectionFinding> });

export function nothingHere(line: string): SectionFinding {
  return { status: 'OK', lines: [line], remedy: null };
}
