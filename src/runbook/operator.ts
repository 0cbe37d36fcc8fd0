import type { Branch, PageStep } from '../data/results/runbook.ts';

export type BeginAnswer = 'do' | 'skip' | 'stop';
export type FaultAnswer = 'repeat' | 'go_on' | 'stop';

/** Whoever walks a procedure: a person at a terminal, or nobody. `undefined` for an answer means that there is none: the run stops. */
export interface Operator {
  /** Told what the step is and what it will do, before it is done. */
  begin(step: PageStep, commandLines: readonly string[]): Promise<BeginAnswer>;
  /** Asked of every step that destroys, whatever else was answered. */
  allowDestruction(step: PageStep): Promise<boolean>;
  /** What stands in a command as `<name>`. */
  give(name: string): Promise<string | undefined>;
  answer(question: string): Promise<string | undefined>;
  choose(step: PageStep, branches: readonly Branch[]): Promise<Branch | undefined>;
  /** A command ended otherwise than its page expects. */
  afterFault(step: PageStep, what: string): Promise<FaultAnswer>;
  /** A command that changes something was cut off by an earlier end of the run. */
  afterCutOff(step: PageStep, commandLine: string): Promise<FaultAnswer>;
  /** A line about how it goes on. */
  tell(line: string): void;
  /** What a command prints, as it comes. */
  show(chunk: Buffer): void;
}
