import type { HealthCheck } from '../data/results/health.ts';
import type { ModelVersion } from '../registry/index.ts';
import type { LabelledPerformance, Store } from '../store/index.ts';
import type { Contacts, Workspace } from '../workspace/index.ts';

/**
 * What a check found. Its status says what an operator must do about it at 3 a.m.:
 * - OK with `observed` null: there is nothing to measure yet (no labels, no predictions); nobody is called, nothing is claimed.
 * - UNKNOWN: what should be known is not: the store cannot be read, no model is registered, a baseline is missing.
 */
export interface Finding extends Omit<HealthCheck, 'name' | 'contact' | 'limits'> {
  /** Both limits of what was measured, where it has any. */
  readonly limits?: HealthCheck['limits'];
  /** Where it concerns somebody else than the check's own contact. */
  readonly contact?: keyof Contacts;
}

export type OpenedStore =
  | { readonly kind: 'open'; readonly store: Store }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface HealthSubject {
  readonly workspace: Workspace;
  /** Epoch milliseconds; what happened later is not seen. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly opened: OpenedStore;
}

/** What several checks need is read once, when the first asks. */
export interface StoreSubject extends HealthSubject {
  readonly store: Store;
  /** The version that was in Production at `now`. */
  readonly production: () => ModelVersion | undefined;
  /** Of the Production version, by the labels of the last days; undefined without one. */
  readonly performance: () => LabelledPerformance | undefined;
}

interface Named {
  readonly name: string;
  readonly contact: keyof Contacts;
}

/** `needs` says when it runs: with or without a readable store, or over the network, which `--no-network` leaves out. */
export type Check =
  | (Named & { readonly needs: 'store'; examine(subject: StoreSubject): Finding | Promise<Finding> })
  | (Named & {
      readonly needs: 'files' | 'network';
      examine(subject: HealthSubject): Finding | Promise<Finding>;
    });

/** The figures of a finding that measured nothing. */
export const unmeasured = { observed: null, threshold: null, unit: null } as const;

/** There is nothing to measure yet, and nobody is to be called for that. */
export function notMeasured(summary: string): Finding {
  return { ...unmeasured, status: 'OK', summary, remedy: null };
}
