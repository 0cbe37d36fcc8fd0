import { configurationTopic } from './configuration.ts';
import { driftTestsTopic } from './drift-tests.ts';
import { exitCodesTopic } from './exit-codes.ts';
import { scriptingTopic } from './scripting.ts';
import { thresholdsTopic } from './thresholds.ts';

export interface HelpTopic {
  readonly name: string;
  readonly description: string;
  text(): Promise<string>;
}

/** Every topic of `mlops help`: a new one is one file and one line here. */
export const helpTopics: readonly HelpTopic[] = [
  exitCodesTopic,
  scriptingTopic,
  configurationTopic,
  thresholdsTopic,
  driftTestsTopic,
];
