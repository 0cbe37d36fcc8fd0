import { stripVTControlCharacters } from 'node:util';

const mostBytes = 64 * 1024;
const mostLines = 200;

/** The end of what a command prints, however much it prints: at most 200 lines and 64 KB. */
export class KeptOutput {
  private chunks: Buffer[] = [];
  private held = 0;
  private dropped = false;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.held += chunk.length;
    // Joined only now and then, so that a hundred megabytes cost no more than reading them.
    if (this.held > 4 * mostBytes) this.shorten();
  }

  /** Plain text, without colours; its first line says when lines before it were left out. */
  text(): string {
    this.shorten();
    const lines = stripVTControlCharacters(Buffer.concat(this.chunks).toString('utf8'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them, and a report must not hold them
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .split('\n');
    const last = lines.slice(-mostLines - 1);
    const left = this.dropped || last.length < lines.length;
    return `${left ? '(earlier lines are left out)\n' : ''}${last.join('\n').trimEnd()}`;
  }

  private shorten(): void {
    const all = Buffer.concat(this.chunks);
    if (all.length > mostBytes) this.dropped = true;
    this.chunks = [all.subarray(-mostBytes)];
    this.held = Math.min(all.length, mostBytes);
  }
}
