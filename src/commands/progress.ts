import type { Session } from './command.ts';

const quietAtFirst = 2000;
const sayEvery = 2000;

/** Says on standard error how far a long scan is and how long it may still take; nothing about one that is soon done. */
export function progressLines(session: Session): (phase: string, share: number) => void {
  const started = performance.now();
  let phaseStarted = started;
  let current: string | undefined;
  let reached = 0;
  let said = started + quietAtFirst - sayEvery;
  return (phase, share) => {
    const now = performance.now();
    if (phase !== current || share < reached) phaseStarted = now;
    current = phase;
    reached = share;
    if (now - said < sayEvery || share <= 0 || share >= 1) return;
    said = now;
    const left = Math.ceil(((now - phaseStarted) / 1000) * ((1 - share) / share));
    session.say(`${phase}: ${Math.floor(share * 100)} %, about ${left} s left`);
  };
}
