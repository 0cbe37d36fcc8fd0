import { z } from 'zod';
import { segmentBins } from './defaults.ts';
import { name } from './value-kinds.ts';

const parts = z.int().min(2).max(50);
const cost = z.number().nonnegative();

/** What else of `gate` in mlops.yaml says how a challenger is judged. */
export const gateSettings = {
  /** Which segments the sixth criterion looks at. */
  segments: z
    .strictObject({
      /** By default every feature of the predictions. */
      columns: z.array(name).min(1).optional(),
      /** Parts of equal size that a numerical column is cut into. */
      bins: parts.default(segmentBins),
      bins_of: z.record(name, parts).default({}),
      /** Whether the part of the rows in which the challenger is worst is looked for, too. */
      found: z.boolean().default(true),
    })
    .prefault({}),
  /** Columns whose groups are to be treated alike. */
  protected: z.array(name).default([]),
  /** What one wrong decision costs, in any one unit. */
  costs: z
    .strictObject({ false_positive: cost, false_negative: cost })
    .refine((each) => each.false_positive + each.false_negative > 0, {
      path: ['false_negative'],
      error: 'expected a cost above 0, or one for false_positive',
    })
    .optional(),
};
