export type ResponseTime =
  | { readonly kind: 'within'; readonly ms: number }
  /** Until the end of the next business day. */
  | { readonly kind: 'business_day' };

/** How long "Immediate" lets a contact take. */
export const immediateMs = 15 * 60_000;

export const responseForms = 'Immediate, a time such as 30 minutes, 4 hours or 2 days, or Next business day';

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** What a response time of the contacts table means; undefined when it is none of `responseForms`. */
export function parseResponse(text: string): ResponseTime | undefined {
  const words = text.trim().toLowerCase();
  if (words === 'immediate') return { kind: 'within', ms: immediateMs };
  if (words === 'next business day') return { kind: 'business_day' };
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(words) ?? [];
  const length = units[unit ?? ''];
  return length === undefined || Number(count) === 0
    ? undefined
    : { kind: 'within', ms: Number(count) * length };
}
