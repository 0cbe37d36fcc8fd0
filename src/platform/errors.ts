import { exitCodes } from './exit-codes.ts';

/** What a reader needs of a failure: the message says what happened, `why` the cause, `remedy` the next step. */
export interface FailureText {
  readonly why?: string;
  readonly remedy?: string;
}

export abstract class MlopsError extends Error {
  abstract readonly exitCode: number;
  readonly why: string | undefined;
  readonly remedy: string | undefined;

  constructor(message: string, text: FailureText = {}) {
    super(message);
    this.name = new.target.name;
    this.why = text.why;
    this.remedy = text.remedy;
  }
}

/** What happened and why, in one sentence, for where a failure is a finding. */
export function messageWithCause({ message, why }: MlopsError): string {
  return why === undefined ? message : `${message}: ${why}`;
}

/** The command line is wrong: unknown option, missing argument, options that exclude each other. */
export class UsageError extends MlopsError {
  readonly exitCode = exitCodes.usage;
}

/** The input can be read but is not what it must be: ragged rows, wrong type, duplicate ids, not an ONNX model. */
export class DataError extends MlopsError {
  readonly exitCode = exitCodes.badData;
}

/** Too few labelled rows to learn from; how many there are and how many are needed. */
export class TooFewRowsError extends DataError {
  readonly rows: number;
  readonly needed: number;

  constructor(
    message: string,
    counts: { readonly rows: number; readonly needed: number },
    text: FailureText,
  ) {
    super(message, text);
    this.rows = counts.rows;
    this.needed = counts.needed;
  }
}

/** A file, version, run or page that was named does not exist. */
export class NoInputError extends MlopsError {
  readonly exitCode = exitCodes.noInput;
}

/** Something this needs is not there now: no Production model, a service that does not answer. */
export class UnavailableError extends MlopsError {
  readonly exitCode = exitCodes.unavailable;
}

/** More memory would be needed than there is. */
export class TooLittleMemoryError extends UnavailableError {}

/** The operating system refused: read-only, no space, permission denied. */
export class InputOutputError extends MlopsError {
  readonly exitCode = exitCodes.inputOutput;
}

/** Somebody else holds the store or the lease; trying again later can succeed. */
export class LockedError extends MlopsError {
  readonly exitCode = exitCodes.tryAgain;
}

/** mlops.yaml or the workspace is wrong: unknown key, bad value, newer version. */
export class ConfigurationError extends MlopsError {
  readonly exitCode = exitCodes.configuration;
}

/** A defect in this program. */
export class InternalError extends MlopsError {
  readonly exitCode = exitCodes.internal;
}

/** Ctrl-C or SIGTERM. */
export class InterruptedError extends MlopsError {
  readonly exitCode = exitCodes.interrupted;
}

const ioCauses: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a directory',
  EBUSY: 'it is in use, or a mount point',
  EXDEV: 'it lies on another file system',
  EEXIST: 'a file of that name stands in the way',
  ENOTDIR: 'a part of the path is not a directory',
  EMFILE: 'too many open files',
};

/** The `code` of a Node.js system error, or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

/** Turns a file system failure into the error class that tells the reader; other values come back unchanged. */
export function fromSystemError(error: unknown, doing: string): unknown {
  const code = systemErrorCode(error);
  if (code === 'ENOENT') return new NoInputError(`${doing}: no such file`, { remedy: 'check the path' });
  if (code !== undefined && code in ioCauses) {
    return new InputOutputError(doing, {
      why: ioCauses[code] ?? code,
      remedy: 'mend that, then run the command again; nothing was changed',
    });
  }
  return error;
}
