/** Verdicts follow the Nagios plugin convention; failures follow sysexits(3). */
export const exitCodes = {
  ok: 0,
  warning: 1,
  critical: 2,
  unknown: 3,
  usage: 64,
  badData: 65,
  noInput: 66,
  unavailable: 69,
  internal: 70,
  inputOutput: 74,
  tryAgain: 75,
  configuration: 78,
  interrupted: 130,
} as const;

export type Verdict = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

const verdictCodes: Readonly<Record<Verdict, number>> = {
  OK: exitCodes.ok,
  WARNING: exitCodes.warning,
  CRITICAL: exitCodes.critical,
  UNKNOWN: exitCodes.unknown,
};

export function verdictExitCode(verdict: Verdict): number {
  return verdictCodes[verdict];
}

/** Order of concern: a sweep is as bad as its worst part, and not knowing ranks below CRITICAL, above WARNING. */
const concern: readonly Verdict[] = ['OK', 'WARNING', 'UNKNOWN', 'CRITICAL'];

export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'OK';
  for (const verdict of verdicts) if (concern.indexOf(verdict) > concern.indexOf(worst)) worst = verdict;
  return worst;
}
