import { driftWord } from './drift-words.ts';

/** The word for a verdict on drift; its colour only repeats it. */
export function DriftTag({ drifted }: { drifted: boolean }) {
  return <span class={drifted ? 'tag drifted' : 'tag calm'}>{driftWord(drifted)}</span>;
}
