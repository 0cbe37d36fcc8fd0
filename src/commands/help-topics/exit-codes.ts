import { exitCodes } from '../../platform/exit-codes.ts';
import type { HelpTopic } from './index.ts';

export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'OK; gate: promote',
  warning: 'WARNING, a person should look; gate: reject; labels add: some rows were rejected',
  critical: 'CRITICAL, a person must look now',
  unknown: 'UNKNOWN: too few rows, or what should be known is not',
  usage: 'usage: the command line is wrong',
  badData: 'bad data: a file, a model or the store is not what it must be',
  noInput: 'no such input: a file, version, run or page that was named does not exist',
  unavailable: 'unavailable: no Production version, no challenger, a service that does not answer',
  internal: 'internal: a defect in mlops, not in your data',
  inputOutput: 'input/output: read-only, no space, permission denied',
  tryAgain: 'try again: somebody else holds the store or the lease',
  configuration: 'configuration: no workspace, or mlops.yaml is wrong',
  interrupted:
    'interrupted by Ctrl-C or SIGTERM; the store is as it was, or the work goes on at the next run',
};

export const exitCodesTopic: HelpTopic = {
  name: 'exit-codes',
  description: 'what each exit code means, and what a script does with it',
  text: async () => `EXIT CODES

Verdicts follow the Nagios plugins, failures follow sysexits(3). EXIT STATUS in each command's --help says which it gives.

${Object.entries(exitCodeMeanings)
  .map(([name, meaning]) => `  ${codeOf(name).padStart(3)}  ${meaning}`)
  .join('\n')}

0 to 3 are answers: the command did its work. 64 and above are failures: nothing was changed, and standard error says what
happened, why (cause:) and what to type next (try:). Of these only 75 is worth trying again unchanged.

  $ mlops monitor --quiet; [ $? -le 3 ] || echo "monitoring itself failed"
  $ mlops gate --quiet && mlops promote challenger --reason "gate passed"
  $ until mlops retrain --quiet; do [ $? -eq 75 ] || break; sleep 60; done`,
};

function codeOf(name: string): string {
  return String(new Map<string, number>(Object.entries(exitCodes)).get(name));
}
