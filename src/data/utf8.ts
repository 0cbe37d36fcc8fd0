import { isUtf8 } from 'node:buffer';
import { DataError } from '../platform/errors.ts';

const newline = 0x0a;
const longestCharacter = 4;

/**
 * @param where the bytes come from, for messages
 * @param whole false when the bytes may stop within a character, as the beginning of a file does
 * @throws DataError that names the first line which is not UTF-8
 */
export function requireUtf8(where: string, bytes: Buffer, whole: boolean): void {
  if (isUtf8(whole ? bytes : withoutCutCharacter(bytes))) return;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) throw notUtf8(`${where}, line ${line}`);
    start = end + 1;
  }
  throw notUtf8(where);
}

export function notUtf8(where: string): DataError {
  return new DataError(`${where}: not UTF-8`, {
    remedy: 'convert it, for example with iconv -f latin1 -t utf-8',
  });
}

function withoutCutCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < longestCharacter && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return (bytes[end - 1] ?? 0) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes.subarray(0, end);
}
