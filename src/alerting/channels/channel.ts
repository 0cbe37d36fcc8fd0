import type { OutgoingMessage } from '../notifications/notification.ts';

/** What became of one attempt. */
export type Delivery =
  | { readonly kind: 'sent' }
  /** It may succeed later; `afterMs`: the receiver asked for so much time. */
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs?: number }
  /** The receiver will not have this message, whenever it is sent. */
  | { readonly kind: 'refused'; readonly why: string };

export interface SendContext {
  /** Relative paths of the configuration start here. */
  readonly root: string;
  /** Epoch milliseconds, for what a receiver says of time. */
  readonly now: number;
  /** Aborted by Ctrl-C, and when the channel has taken longer than its time. */
  readonly signal: AbortSignal;
  /** Reads a secret; what it reads is struck out of every error that is kept. @throws ConfigurationError */
  readonly secret: (source: SecretSource) => string;
}

/** Where a secret is: an environment variable or a file. */
export interface SecretSource {
  /** The key of mlops.yaml without its `_env` or `_file`. */
  readonly key: string;
  readonly env: string | undefined;
  readonly file: string | undefined;
}

/** Sends one message through one kind of channel. Failures of the receiver are a result, not an exception. */
export type Send<Configuration> = (
  channel: Configuration,
  message: OutgoingMessage,
  context: SendContext,
) => Promise<Delivery>;
