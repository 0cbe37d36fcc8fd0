/** The values in a drawn order (Fisher and Yates), in an array of their own. */
export function shuffled(values: Float64Array, random: () => number): Float64Array {
  const mixed = values.slice();
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = mixed[last] ?? 0;
    mixed[last] = mixed[other] ?? 0;
    mixed[other] = kept;
  }
  return mixed;
}
