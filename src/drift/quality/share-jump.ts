import { proportionsPValue } from '../tests/proportions.ts';

/** Rows that have a property, of all rows looked at. */
export interface Tally {
  readonly having: number;
  readonly rows: number;
}

export interface ShareJump {
  readonly reference: number;
  readonly current: number;
  /** Null when one side has no rows. */
  readonly pValue: number | null;
}

/** Shares on both sides, 0 where there is no row, and the pooled two-sided test of two proportions. */
export function shareJump(reference: Tally, current: Tally): ShareJump {
  const pValue =
    reference.rows === 0 || current.rows === 0
      ? null
      : proportionsPValue({
          reference: [reference.rows - reference.having, reference.having],
          current: [current.rows - current.having, current.having],
        });
  return { reference: share(reference), current: share(current), pValue };
}

function share({ having, rows }: Tally): number {
  return rows === 0 ? 0 : having / rows;
}

/** Below this p-value a jump is no accident of sampling, also when a hundred features are looked at each day. */
const surely = 1e-4;

/** Whether the share moved, up or down, by more than `least` and by more than sampling explains. */
export function jumped(jump: ShareJump, least: number): boolean {
  return Math.abs(jump.current - jump.reference) > least && jump.pValue !== null && jump.pValue < surely;
}
