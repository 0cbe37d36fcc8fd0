import { toIso } from '../platform/clock.ts';

export interface RowColumn {
  readonly name: string;
  /** A time is epoch milliseconds. */
  readonly type: 'integer' | 'number' | 'text' | 'time';
}

/** One value a column; null is missing. */
export type Row = readonly (string | number | null)[];

/** How a row becomes a line of text, its line end included. */
export interface RowText {
  /** The first line, empty where the format has none. */
  readonly header: string;
  readonly line: (row: Row) => string;
}

/**
 * CSV after RFC 4180 with LF: a missing value is an empty cell, an empty text a quoted one. Numbers are the shortest text
 * that gives the same number again, times ISO 8601 in UTC.
 *
 * @param spreadsheetSafe puts an apostrophe before texts that a spreadsheet would run as a formula
 */
export function csvText(columns: readonly RowColumn[], spreadsheetSafe: boolean): RowText {
  const text = (value: string) => csvCell(spreadsheetSafe && formula.test(value) ? `'${value}` : value);
  const cells = columns.map(({ type }) => (value: Row[number] | undefined) => {
    if (value === null || value === undefined) return '';
    return typeof value === 'string' ? text(value) : type === 'time' ? toIso(value) : exact(value);
  });
  return {
    header: `${columns.map((column) => text(column.name)).join(',')}\n`,
    line: (row) => `${cells.map((cell, index) => cell(row[index])).join(',')}\n`,
  };
}

const formula = /^[=+\-@\t\r]/;

/** A text as a CSV cell, quoted where it must be (RFC 4180). */
export function csvCell(text: string): string {
  return text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** JSON Lines: an object a row, every column named, missing values null, times ISO 8601 in UTC. */
export function jsonLinesText(columns: readonly RowColumn[]): RowText {
  const members = columns.map(({ name, type }) => {
    const key = `${JSON.stringify(name)}:`;
    return (value: Row[number] | undefined) => {
      if (value === null || value === undefined) return `${key}null`;
      if (typeof value === 'string') return key + JSON.stringify(value);
      return key + (type === 'time' ? JSON.stringify(toIso(value)) : jsonNumber(value));
    };
  });
  return {
    header: '',
    line: (row) => `{${members.map((member, index) => member(row[index])).join(',')}}\n`,
  };
}

function jsonNumber(value: number): string {
  return Number.isFinite(value) ? exact(value) : JSON.stringify(exact(value));
}

function exact(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
