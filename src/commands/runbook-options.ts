import { UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import type { RunEnded } from '../runbook/index.ts';

/** What `--set name=value` gave, by name. @throws UsageError for one without a name */
export function givenNames(settings: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    settings.map((setting) => {
      const [, name, value] = /^([a-z][a-z ]*)=(.*)$/s.exec(setting) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new UsageError(`--set '${setting}' gives nothing a value`, {
        remedy: `write it like --set "labels file=new.csv"; runbook run PAGE --dry-run shows the names`,
      });
    }),
  );
}

/** @throws UsageError when it is no whole number */
export function incidentNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^\d+$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--incident '${text}' is no number of an incident`, {
    remedy: 'mlops incidents --open lists them',
  });
}

export function runbookExitCode(end: RunEnded['end']): number {
  if (end.state === 'done') return exitCodes.ok;
  return end.state === 'stopped' && end.why === 'fault' ? exitCodes.critical : exitCodes.warning;
}
