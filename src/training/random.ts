/** Numbers in [0, 1) from a seed: mulberry32 (Ettinger 2017), the same sequence on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How many a share of so many is, at least one. */
export function sizeOfShare(count: number, share: number): number {
  return share >= 1 ? count : Math.max(1, Math.round(count * share));
}

/** At least one of `items`, a share of them drawn without replacement, in the order they were in. */
export function chooseShare<T>(items: readonly T[], share: number, random: () => number): readonly T[] {
  if (share >= 1) return items;
  return items
    .map((item, place) => ({ item, place, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, sizeOfShare(items.length, share))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
