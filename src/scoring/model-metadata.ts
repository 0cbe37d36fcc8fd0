import { z } from 'zod';

/** What mlops keeps inside the ONNX files it writes, so that they can be scored alone. */
export interface ModelMetadata {
  /** Names of the inputs, in order. */
  readonly features?: readonly string[] | undefined;
  /** Probability from which the outcome is 1. */
  readonly threshold?: number | undefined;
}

const names = z.array(z.string());

export function modelMetadata({ features, threshold }: Required<ModelMetadata>) {
  return [
    { key: 'features', value: JSON.stringify(features) },
    { key: 'threshold', value: String(threshold) },
  ];
}

/** The metadata found; a property that is missing or not as mlops writes it is left out. */
export function readMetadata(
  properties: readonly { key?: string | null; value?: string | null }[],
): ModelMetadata {
  const property = (key: string) => properties.find((each) => each.key === key)?.value ?? undefined;
  const threshold = Number(property('threshold') ?? Number.NaN);
  return {
    features: parseNames(property('features')),
    threshold: Number.isFinite(threshold) ? threshold : undefined,
  };
}

function parseNames(text: string | undefined): readonly string[] | undefined {
  try {
    return names.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}
