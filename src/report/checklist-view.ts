import chalk from 'chalk';
import type { Checklist, ChecklistName } from '../data/results/checklist.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { wrap } from './wrap.ts';

const columns = 100;
const indent = '          ';
const titles: Readonly<Record<ChecklistName, string>> = {
  morning: 'Morning checklist',
  monday: 'Monday: review drift reports',
  wednesday: 'Wednesday: review model performance',
  friday: 'Friday: clean up and back up',
};

/** A checklist for a terminal, one screen: a heading a section, what was found under it, what to do. */
export function checklistView({ checklist, status, generated_at, sections }: Checklist): string {
  return [
    `${colouredVerdict(status)} - ${titles[checklist]}, ${generated_at}`,
    ...sections.flatMap((section) => [
      `${colouredVerdict(section.status, 'CRITICAL'.length)}  ${chalk.bold(section.title)}`,
      ...section.lines.flatMap(wrapped),
      ...(section.remedy === null ? [] : wrapped(`try: ${section.remedy}`)),
    ]),
  ].join('\n');
}

function wrapped(text: string): readonly string[] {
  return wrap(text, columns - indent.length).map((line) => indent + line);
}
