import { join } from 'node:path';

export interface GateChange {
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly key: string;
  readonly from: string | number | boolean | null;
  readonly to: string | number | boolean | null;
  readonly reason: string;
}

const head = `# Changes of the gate

What \`mlops gate set\` changed in mlops.yaml, the newest last.

| when | who | what | from | to | why |
|---|---|---|---|---|---|
`;

/** The runbook's record of changes, in the workspace. */
export function gateChangesPath(root: string): string {
  return join(root, 'runbook', 'gate-changes.md');
}

/** The page with one more line; a page that is not there begins with its head. */
export function withGateChange(page: string | undefined, change: GateChange): string {
  const cells = [change.at, change.who, change.key, change.from, change.to, change.reason];
  const before = page === undefined || page === '' || page.endsWith('\n') ? (page ?? '') : `${page}\n`;
  return `${before === '' ? head : before}| ${cells.map((cell) => cellText(String(cell))).join(' | ')} |\n`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}
