import { type FailureText, MlopsError } from '../../platform/errors.ts';
import { exitCodes } from '../../platform/exit-codes.ts';

/** What is left of an error on its way from one thread to another. */
export interface StoreFailureText {
  readonly message: string;
  readonly text: FailureText;
  readonly exitCode: number;
}

/** A failure of the store, as the thread that holds it met it. */
export class StoreFailure extends MlopsError {
  readonly exitCode: number;

  constructor({ message, text, exitCode }: StoreFailureText) {
    super(message, text);
    this.exitCode = exitCode;
  }
}

export function failureOf(error: unknown): StoreFailureText {
  if (error instanceof MlopsError) {
    const { message, why, remedy, exitCode } = error;
    return {
      message,
      text: { ...(why !== undefined && { why }), ...(remedy !== undefined && { remedy }) },
      exitCode,
    };
  }
  const why = error instanceof Error ? error.message : String(error);
  return { message: 'the store failed', text: { why }, exitCode: exitCodes.internal };
}
