/** One entry a native library: the files it needs side by side, the first being the addon that is loaded. */
export interface NativeFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

export type NativeLibrary = 'sqlite' | 'duckdb' | 'onnxruntime';

export type NativeManifest = Readonly<Record<NativeLibrary, readonly NativeFile[]>>;

export function assetKey(library: NativeLibrary, file: string): string {
  return `native/${library}/${file}.zst`;
}
