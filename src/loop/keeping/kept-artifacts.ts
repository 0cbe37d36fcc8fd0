import { type ArtifactKind, listVersions } from '../../registry/index.ts';
import { gateRowsKept, type Store } from '../../store/index.ts';

export interface KeptArtifact {
  readonly hash: string;
  readonly kind: ArtifactKind;
}

/** Every artifact that a version or a gate decision refers to, each once. */
export function keptArtifacts(store: Store): readonly KeptArtifact[] {
  const models = listVersions(store).map(({ sha256 }) => sha256);
  const tables = listVersions(store).flatMap(({ referenceSha256, baseSha256 }) => [
    referenceSha256,
    baseSha256,
  ]);
  return [
    ...[...new Set(models)].map((hash) => ({ hash, kind: 'onnx' as const })),
    ...[...new Set([...tables, ...gateRowsKept(store)])].flatMap((hash) =>
      hash === null ? [] : [{ hash, kind: 'parquet' as const }],
    ),
  ];
}
