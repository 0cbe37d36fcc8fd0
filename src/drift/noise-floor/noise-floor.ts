/** What chance alone makes of a distance: its distribution for two samples of these sizes from one population. */
export interface NoiseFloor {
  /** Chance of a distance at least so large, 0..1. */
  readonly chanceOf: (distance: number) => number;
  /** The distance that is reached with the given chance, above 0 and below 1. */
  readonly exceededWith: (chance: number) => number;
  /** Chance that the distance reaches a threshold where the values were shifted by so many units; absent for categories. */
  readonly reachedBy?: (shift: number, threshold: number) => number;
}
