import type { Severity } from '../../workspace/index.ts';

/** What one observation says by a rule. */
export type Level =
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'well' }
  | {
      readonly kind: 'breach';
      readonly severity: Severity;
      readonly observed: number | null;
      readonly threshold: number | null;
    };
