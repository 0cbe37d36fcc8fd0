import { type CANCEL_SYMBOL, confirm, isCancel, select, text } from '@clack/prompts';
import chalk from 'chalk';
import { InterruptedError } from '../platform/errors.ts';
import type { BeginAnswer, FaultAnswer, Operator } from './operator.ts';

const output = process.stderr;

/** A person at a terminal is shown each step and asked before it is done. Ctrl-C leaves the run where it is. */
export function terminalOperator(write: (text: string) => void): Operator {
  const tell = (line: string) => write(`${line}\n`);
  const faultOptions: { value: FaultAnswer; label: string }[] = [
    { value: 'repeat', label: 'do it again' },
    { value: 'go_on', label: 'go on to the next' },
    { value: 'stop', label: 'stop here; it can be resumed' },
  ];
  return {
    tell,
    show: (chunk) => write(chunk.toString('utf8')),
    begin: async (step, commandLines) => {
      tell(`\n${chalk.bold(step.title)}`);
      if (step.prose !== '') tell(step.prose);
      if (commandLines.length === 0) return 'do';
      for (const line of commandLines) tell(chalk.cyan(`  $ ${line}`));
      return answered(
        await select<BeginAnswer>({
          message: 'Run this?',
          options: [
            { value: 'do', label: 'yes' },
            { value: 'skip', label: 'skip this step' },
            { value: 'stop', label: 'stop here; it can be resumed' },
          ],
          output,
        }),
      );
    },
    allowDestruction: async ({ id, destroys }) => {
      tell(chalk.red(`This destroys: ${destroys}`));
      const typed = answered(
        await text({ message: `Type ${id} to do it, or nothing to stop here`, defaultValue: '', output }),
      );
      return typed.trim() === id;
    },
    give: async (name) => {
      const given = answered(await text({ message: `Which ${name}?`, defaultValue: '', output })).trim();
      return given === '' ? undefined : given;
    },
    answer: async (question) => {
      const given = answered(
        await text({
          message: `${question} (a word for the record; nothing: stop here)`,
          defaultValue: '',
          output,
        }),
      ).trim();
      return given === '' ? undefined : given;
    },
    choose: async (_step, branches) =>
      branches[
        answered(
          await select<number>({
            message: 'Which of these is it?',
            options: [
              ...branches.map((branch, value) => ({ value, label: `${branch.when} → ${branch.text}` })),
              { value: -1, label: 'I cannot say; stop here' },
            ],
            output,
          }),
        )
      ],
    afterFault: async (_step, what) => {
      return answered(
        await select<FaultAnswer>({ message: `${what}. What now?`, options: faultOptions, output }),
      );
    },
    afterCutOff: async (_step, commandLine) => {
      const repeat = answered(
        await confirm({ message: `This was cut off before: ${commandLine}. Do it again?`, output }),
      );
      return repeat
        ? 'repeat'
        : answered(
            await select<FaultAnswer>({ message: 'What then?', options: faultOptions.slice(1), output }),
          );
    },
  };
}

function answered<T>(answer: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(answer)) throw new InterruptedError('the procedure was left');
  return answer;
}
