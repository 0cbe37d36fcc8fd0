import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { driftWord } from './drift-words.ts';
import { effectInWords, scoreInWords } from './feature-words.ts';
import { figure, percent } from './figures.ts';

const mostNamed = 5;

/** What the model's answers, the true labels and the errors between them say, a line each. */
export function answerLines({ prediction, label, concept }: DriftResult): readonly string[] {
  const segments = (concept?.segments ?? []).filter(({ drifted }) => drifted);
  return [
    ...answerLine('prediction', prediction),
    ...answerLine('label', label),
    ...(concept === undefined ? [] : [concept.sentence]),
    ...segments
      .slice(0, mostNamed)
      .map(
        ({ feature, segment, rows, reference, current }) =>
          `  ${feature} ${segment}: residual ${figure(reference)} → ${figure(current)}, ${rows} rows`,
      ),
    ...(segments.length > mostNamed ? [`  ${segments.length - mostNamed} more segments in the JSON`] : []),
  ];
}

function answerLine(what: string, feature: DriftFeature | undefined): readonly string[] {
  if (feature === undefined) return [];
  const { name, drifted, missing } = feature;
  const told = [
    driftWord(drifted),
    effectInWords(feature),
    scoreInWords(feature),
    missing.reference + missing.current === 0
      ? undefined
      : `missing ${percent(missing.reference)} → ${percent(missing.current)}`,
  ];
  return [`${what} ${name}: ${told.filter((each) => each !== undefined).join('; ')}`];
}
