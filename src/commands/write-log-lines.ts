import type { LogsResult, ShownLogLine } from '../data/results/logs.ts';
import { logLineView, unavailableView } from '../report/logs-view.ts';
import type { Session } from './command.ts';

/** Writes lines as they come: results to standard output, remarks to standard error. */
export function lineWriter(session: Session, services: readonly { readonly name: string }[]) {
  const width = Math.max('mlops'.length, ...services.map((each) => each.name.length));
  return {
    line: (line: ShownLogLine) => {
      process.stdout.write(`${session.json ? JSON.stringify(line) : logLineView(line, width)}\n`);
    },
    unavailable: (what: LogsResult['unavailable'][number]) => session.say(unavailableView(what)),
  };
}
