/** From so many reference values on NannyML 0.13.1 keeps counts in bins in place of the values. */
export const largeReference = 10_000;
export const binsOfLargeReference = 10_000;
