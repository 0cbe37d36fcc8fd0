import { labelValue } from './prometheus-label.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface Distribution {
  readonly labels: Labels;
  /** Upper bounds, ascending, and how many values lie at or below each. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
  readonly count: number;
  readonly sum: number;
}

/** The lines of a gauge, or a counter, in Prometheus' text exposition format 0.0.4; none without samples. */
export function metric(
  name: string,
  help: string,
  samples: readonly Sample[],
  type: 'gauge' | 'counter' = 'gauge',
): readonly string[] {
  if (samples.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
  ];
}

/** The lines of a histogram; none without distributions. */
export function histogram(
  name: string,
  help: string,
  distributions: readonly Distribution[],
): readonly string[] {
  if (distributions.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} histogram`,
    ...distributions.flatMap(({ labels, buckets, count, sum }) => [
      ...buckets.map(
        ([bound, below]) => `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${below}`,
      ),
      `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
      `${name}_sum${labelText(labels)} ${sum}`,
      `${name}_count${labelText(labels)} ${count}`,
    ]),
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${labelValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
