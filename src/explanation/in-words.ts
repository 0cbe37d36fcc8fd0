import type { ExplanationScale } from '../data/results/prediction-explanation.ts';
import { percent } from '../platform/percent.ts';

export interface NamedPart {
  readonly name: string;
  /** Null is missing. */
  readonly value: number | string | null;
  readonly part: number;
}

const mostNamed = 3;

export interface AnswerToTell {
  readonly probability: number;
  readonly outcome: number;
  readonly threshold: number;
  readonly scale: ExplanationScale;
  readonly base: number;
  /** Largest part first. */
  readonly features: readonly NamedPart[];
}

/** What the model answered, where it starts from, and what raised and lowered the answer most. */
export function explanationInWords(answer: AnswerToTell): string {
  const { probability, outcome, threshold, scale, base, features } = answer;
  const side = outcome === 1 ? 'not below' : 'below';
  return [
    `The model gives ${percent(probability)}, ${side} its threshold of ${percent(threshold)}: outcome ${outcome}.`,
    startInWords(base, scale),
    ...moved(
      'Raised',
      features.filter(({ part }) => part > 0),
    ),
    ...moved(
      'Lowered',
      features.filter(({ part }) => part < 0),
    ),
  ].join(' ');
}

function startInWords(base: number, scale: ExplanationScale): string {
  const mean = 'the mean of its answers to the background rows';
  switch (scale) {
    case 'log_odds':
      return `It starts from ${percent(1 / (1 + Math.exp(-base)))}, ${mean} in log odds.`;
    case 'probability':
      return `It starts from ${percent(base)}, ${mean}.`;
    case 'before_calibration':
      return `Before calibration it starts from ${shortened(base)}, ${mean}.`;
  }
}

function moved(word: string, parts: readonly NamedPart[]): readonly string[] {
  if (parts.length === 0) return [];
  const named = parts.slice(0, mostNamed).map(({ name, value }) => `${name} (${shortened(value)})`);
  return [`${word} most by ${named.join(', ')}.`];
}

function shortened(value: NamedPart['value']): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : (value ?? 'missing');
}
