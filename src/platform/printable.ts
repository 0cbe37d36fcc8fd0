/** Control characters, and those that turn the direction of writing or end a line unseen. */
const commanding = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** Text from a file for one line of a terminal, such as a name or a value: what could command the terminal is spelled out. */
export function printable(text: string): string {
  return text.replace(commanding, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
