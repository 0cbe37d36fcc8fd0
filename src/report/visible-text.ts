/** Control characters, lone surrogates, what turns the direction of text, and what has no width; joiners spell words and stay. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u{200b}\u{2060}-\u{2064}\u{feff}\u{fff9}-\u{fffb}\u{fffe}\u{ffff}]/gu;

/** Text from a data file with what a reader could not see, or a terminal would obey, written out: `⟨U+202E⟩`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
