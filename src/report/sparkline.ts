const blocks = '▁▂▃▄▅▆▇█';

/**
 * A small chart of one line, a character a value from the lowest (0 or below) to the highest; a gap where there is none. More
 * values than `widest` are joined, neighbours by their mean. With `full` the highest character stands for it and all above.
 */
export function sparkline(values: readonly (number | null)[], widest: number, full?: number): string {
  const shown = joined(values, Math.max(1, Math.ceil(values.length / widest)));
  const present = shown.filter((each) => each !== null);
  const lowest = Math.min(0, ...present);
  const span = (full ?? Math.max(0, ...present)) - lowest;
  const step = (value: number) =>
    span === 0 ? 0 : Math.round((Math.min(span, value - lowest) / span) * (blocks.length - 1));
  return shown.map((value) => (value === null ? ' ' : (blocks[step(value)] ?? ' '))).join('');
}

function joined(values: readonly (number | null)[], size: number): readonly (number | null)[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const present = values.slice(index * size, (index + 1) * size).filter((each) => each !== null);
    return present.length === 0 ? null : present.reduce((sum, each) => sum + each, 0) / present.length;
  });
}
