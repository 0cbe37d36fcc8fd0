import type { Operator } from './operator.ts';

export interface GivenBeforehand {
  /** Steps that may destroy, by name. */
  readonly destroy: readonly string[];
  /** Answers the first question or decision that is met. */
  readonly answer: string | undefined;
}

/** Nobody is there: ordinary steps are done, and what only a person may say was given beforehand or stops the run. */
export function unattended(
  { destroy, answer }: GivenBeforehand,
  output: Pick<Operator, 'tell' | 'show'>,
): Operator {
  let left = answer;
  const once = () => {
    const given = left;
    left = undefined;
    return given;
  };
  return {
    ...output,
    begin: async ({ title }) => {
      output.tell(`\n${title}`);
      return 'do';
    },
    allowDestruction: async ({ id }) => destroy.includes(id),
    give: async () => undefined,
    answer: async () => once(),
    choose: async (_step, branches) => {
      const given = once()?.toLowerCase();
      if (given === undefined) return undefined;
      const places = branches.map(({ when }, index) => [when.toLowerCase(), String(index + 1)]);
      return branches[places.findIndex((each) => each.includes(given))];
    },
    afterFault: async () => 'stop',
    afterCutOff: async () => 'stop',
  };
}
