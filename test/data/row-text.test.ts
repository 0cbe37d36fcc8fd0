import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvText, jsonLinesText, type RowColumn } from '../../src/data/row-text.ts';

const columns: readonly RowColumn[] = [
  { name: 'text', type: 'text' },
  { name: 'number', type: 'number' },
  { name: 'time', type: 'time' },
];
const numbers = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0, 9007199254740991, 1e21, -1.5];

describe('CSV', () => {
  test.each(['a,b', 'say "hi"', 'two\nlines', 'cr\rhere', 'Grüße 漢字 🙂', ' padded ', "it's"])(
    'the text %j is read as it was',
    (text) => {
      const [record] = parse(csvText(columns, false).line([text, 1, 0]));
      expect(record?.[0]).toBe(text);
    },
  );

  test.each(numbers)('the number %d is read as the same double', (value) => {
    const [record] = parse(csvText(columns, false).line(['', value, 0]));
    expect(Number(record?.[1])).toBe(value);
  });

  test('a missing value is an empty cell, an empty text a quoted one', () => {
    expect(csvText(columns, false).line([null, null, null])).toBe(',,\n');
    expect(csvText(columns, false).line(['', 0, 0])).toBe('"",0,1970-01-01T00:00:00.000Z\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'the text %j is neutralised on request only',
    (text) => {
      const cell = (safe: boolean) => parse(csvText(columns, safe).line([text, 1, 0]))[0]?.[0];
      expect(cell(true)).toBe(`'${text}`);
      expect(cell(false)).toBe(text);
    },
  );

  test('numbers are never touched, names of columns are', () => {
    const text = csvText([{ name: '=x', type: 'number' }], true);
    expect(text.header).toBe("'=x\n");
    expect(text.line([-5])).toBe('-5\n');
  });
});

describe('JSON Lines', () => {
  test.each(numbers)('the number %d is read as the same double', (value) => {
    const record = JSON.parse(jsonLinesText(columns).line(['a', value, 0]));
    expect(record).toEqual({ text: 'a', number: value, time: '1970-01-01T00:00:00.000Z' });
    expect(Object.is(record.number, value)).toBe(true);
  });

  test('missing is null, an empty text is empty, and a newline stays in its line', () => {
    expect(jsonLinesText(columns).line([null, null, null])).toBe('{"text":null,"number":null,"time":null}\n');
    expect(JSON.parse(jsonLinesText(columns).line(['', 1, 0])).text).toBe('');
    expect(jsonLinesText(columns).line(['a\nb', 1, 0]).split('\n')).toHaveLength(2);
  });
});
