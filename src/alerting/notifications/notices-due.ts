import type { AlertRow, SilenceRow } from '../../store/index.ts';

export interface Notice {
  readonly event: 'firing' | 'repeat' | 'resolved';
  readonly alert: AlertRow;
}

/** A silence on a rule's name covers all its alerts. */
export function isSilenced({ name, rule }: AlertRow, silences: readonly SilenceRow[]): boolean {
  return silences.some((silence) => silence.name === name || silence.name === rule);
}

/**
 * What people are to be told now. An open alert once, again when it rises to CRITICAL, and again after its repeat while nobody
 * acknowledged it; nothing while it is silenced. That an alert is over is told wherever its beginning was.
 */
export function noticesDue(
  open: readonly AlertRow[],
  resolved: readonly AlertRow[],
  silences: readonly SilenceRow[],
  repeatMs: (rule: string) => number,
  now: number,
): readonly Notice[] {
  const begun = open.flatMap((alert): readonly Notice[] => {
    if (isSilenced(alert, silences)) return [];
    const { notified_at: told, notified_severity: toldSeverity } = alert;
    if (told === null || (alert.severity === 'CRITICAL' && toldSeverity === 'WARNING'))
      return [{ event: 'firing', alert }];
    // By the distance, so that a clock that was set back does not end the repeats.
    const due = alert.acknowledged_at === null && Math.abs(now - told) >= repeatMs(alert.rule);
    return due ? [{ event: 'repeat', alert }] : [];
  });
  const ended = resolved
    .filter((alert) => alert.notified_at !== null)
    .map((alert): Notice => ({ event: 'resolved', alert }));
  return [...begun, ...ended];
}
