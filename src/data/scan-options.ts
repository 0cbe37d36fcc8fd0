/** How a file is scanned that may be longer than memory. */
export interface ScanOptions {
  /** `csv`, `parquet` or `jsonl`; by default the extension tells. */
  readonly format?: string | undefined;
  /** Its abortion interrupts the scan; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then what is going on, and what share of it is done, 0..1. */
  readonly progress?: ((phase: string, share: number) => void) | undefined;
}
