const mostNamed = 20;

/** Names for a message: the first of them, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ');
}
