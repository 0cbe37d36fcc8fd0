import { type LabelRow, type LabelTaker, labelTaker } from '../../loop/recording/take-labels.ts';
import { recordEvent, type Store } from '../../store/index.ts';

/** Adds labels that came over HTTP, by the rules and into the audit as `labels add` does, in one transaction. */
export function addLabels(
  store: Store,
  rows: readonly LabelRow[],
  who: string,
  now: number,
): Pick<LabelTaker, 'counts' | 'rejects'> {
  return store.change(() => {
    const { take, counts, rejects } = labelTaker(store, now);
    for (const row of rows) take(row);
    const { added, corrected } = counts;
    if (added + corrected > 0) {
      const reason = `${rows.length} over HTTP`;
      recordEvent(store, { at: now, who, command: 'POST /labels', reason, before: null, after: counts });
    }
    return { counts, rejects };
  });
}
