import type { Cause, Diagnosis } from '../data/results/diagnosis.ts';
import { colouredVerdict } from './verdict-colour.ts';

/** The diagnosis for a terminal: the cause, what speaks for it, what to do, whom to call. */
export function diagnosisView({ service, status, contact, further, ...main }: Diagnosis): string {
  return [
    `${colouredVerdict(status)} - ${service}: ${main.cause.replace('_', ' ')}, ${main.summary}`,
    ...causeLines(main),
    ...further.flatMap((each) => [
      `also ${each.cause.replace('_', ' ')}: ${each.summary}`,
      ...causeLines(each),
    ]),
    ...(status === 'OK' ? [] : [`call: ${contact.contact} (${contact.response})`]),
  ].join('\n');
}

function causeLines({ evidence, remedy }: Omit<Cause, 'cause' | 'summary'>): readonly string[] {
  return [...evidence.map((each) => `  seen: ${each}`), ...remedy.map((each) => `  try: ${each}`)];
}
