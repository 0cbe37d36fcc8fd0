import type { ExplainResult, Explanation } from '../data/results/explain.ts';

/** Each explanation: what is asked, what was found, what to do, where to read on. */
export function explainView({ explanations }: ExplainResult): string {
  return explanations.map(explanationText).join('\n\n');
}

function explanationText({ subject, kind, rule, numbers, next, page }: Explanation): string {
  const title = subject.startsWith(kind) ? subject : `${subject} (${kind})`;
  return [
    title,
    `rule: ${rule}`,
    ...numbers.map((each) => `  ${each}`),
    ...(next === null ? [] : [`next: ${next}`]),
    `page: mlops runbook show ${page}`,
  ].join('\n');
}
