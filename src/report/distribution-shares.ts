/** Counts as shares of their sum, 0..1; all 0 where there are none. Of more than `most`, neighbours are taken together. */
export function shares(counts: readonly number[], most = counts.length): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const size = Math.max(1, Math.ceil(counts.length / Math.max(1, most)));
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, index) => {
    const together = counts.slice(index * size, (index + 1) * size).reduce((sum, count) => sum + count, 0);
    return all === 0 ? 0 : together / all;
  });
}
