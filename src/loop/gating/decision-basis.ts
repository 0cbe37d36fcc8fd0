import { z } from 'zod';
import {
  gateCriterionDefinition,
  gateResultDefinition,
  gateSelectionDefinition,
} from '../../data/results/gate.ts';
import { DataError } from '../../platform/errors.ts';

const model = z.object({
  version: z.string(),
  /** Of the ONNX file. */
  sha256: z.string(),
  threshold: z.number(),
});

const columns = z.array(
  z.object({ name: z.string(), type: z.enum(['numerical', 'categorical', 'text', 'embedding', 'time']) }),
);

export const storedCriteriaDefinition = z.object({
  minimumRows: z.number(),
  minimumCoverage: z.number(),
  minimumDays: z.number(),
  minimumF1Improvement: z.number(),
  maximumBrierDegradation: z.number(),
  maximumSegmentLoss: z.number().nullable(),
  /** Decisions of 0.4.0 and before did not ask for it. */
  maximumFalsePromotion: z.number().nullable().default(null),
  costs: z.object({ falsePositive: z.number(), falseNegative: z.number() }).nullable().default(null),
  maximumCostIncrease: z.number().default(0),
  maximumDemographicParityDifference: z.number().nullable().default(null),
  maximumEqualOpportunityDifference: z.number().nullable().default(null),
  floors: z.object({ minimumRocAuc: z.number(), maximumBrier: z.number() }),
});

/** All that a decision was made on: kept with it, and its hash in the audit, so that the decision can be made again. */
export const decisionBasisDefinition = z.object({
  /** Version of mlops that decided. */
  mlops: z.string(),
  /** Of the Parquet file among the artifacts that holds the rows, their labels and what either model said. */
  rows_sha256: z.string(),
  champion: model.nullable(),
  challenger: model,
  coverage: z.number(),
  days_since_promotion: z.number().nullable(),
  /** How many other challengers this champion was compared with before. */
  earlier_challengers: z.int(),
  criteria: storedCriteriaDefinition,
  segments: z.object({
    columns,
    bins: z.int(),
    bins_of: z.record(z.string(), z.int()),
    found: z.boolean(),
  }),
  protected: columns,
  /** Null where there was nothing to compare the labelled rows with; the weights stand in the file of the rows. */
  selection: gateSelectionDefinition.omit({ weighted: true }).nullable(),
  /** What the user's own criteria said; they are not asked again. */
  commanded: z.array(gateCriterionDefinition),
  /** What stands in the result and is not computed from the rows. */
  given: gateResultDefinition.pick({ preset: true, evidence_expected_at: true, notes: true }),
});

export type DecisionBasis = z.infer<typeof decisionBasisDefinition>;

/** @throws DataError when it is none that this program knows */
export function parseBasis(text: string): DecisionBasis {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = decisionBasisDefinition.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new DataError('what is kept of the decision is damaged', {
    why: parsed.error.issues[0]?.message ?? 'it is not what was written',
    remedy: 'mlops verify says what else is; restore a backup',
  });
}
