import type { FeatureProfile } from '../feature-profile.ts';
import type { FeatureType } from '../feature-types.ts';
import { isProse } from './texts.ts';
import { timePatterns } from './times.ts';

/** What of a feature is compared. */
export interface Compared {
  readonly type: 'numerical' | 'categorical' | 'text' | 'embedding';
  readonly reference: FeatureProfile;
  readonly current: FeatureProfile;
  /** What the reader should know of it. */
  readonly note?: string;
}

/** The values of a number or a category themselves, the pattern of times; a sentence where there is nothing to compare. */
export function comparedAs(
  type: FeatureType,
  reference: FeatureProfile,
  current: FeatureProfile,
): Compared | string {
  switch (type) {
    case 'numerical':
    case 'categorical':
      return { type, reference, current };
    case 'time': {
      if (reference.kind !== 'numeric' || current.kind !== 'numeric') return 'its values are no times';
      const patterns = timePatterns(reference, current);
      return patterns === undefined
        ? 'its times span less than a day on a side: there is no pattern to compare'
        : { type: 'categorical', ...patterns };
    }
    case 'text': {
      if (reference.kind !== 'text' || current.kind !== 'text') return 'its values are no texts';
      return isProse(reference.values)
        ? { type, reference, current }
        : 'its values are names or numbers of rows rather than texts: they are not compared';
    }
    case 'embedding':
      return reference.kind === 'text' && current.kind === 'text'
        ? { type, reference, current }
        : 'its values are no lists of numbers';
  }
}
