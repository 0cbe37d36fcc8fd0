import { z } from 'zod';
import { gateCommandLimit, segmentBins } from './defaults.ts';
import { duration, name } from './value-kinds.ts';

const parts = z.int().min(2).max(50);
const cost = z.number().nonnegative();

const command = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, {
    error: 'expected a name of small letters, digits, - and _, such as stability',
  }),
  /** Shell command; `$1` is the file with the rows. */
  command: name,
  time_limit: duration.default(gateCommandLimit),
});

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
  /** Criteria of the user's own. */
  commands: z
    .array(command)
    .refine((all) => new Set(all.map((each) => each.name)).size === all.length, {
      error: 'expected names that differ',
    })
    .default([]),
};
