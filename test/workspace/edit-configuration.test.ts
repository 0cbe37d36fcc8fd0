import { describe, expect, it } from 'vitest';
import { ConfigurationError, UsageError } from '../../src/platform/errors.ts';
import { editConfiguration } from '../../src/workspace/index.ts';

const head = '# ours\nmodel: {name: credit,   schema: s.json} # kept\n';
const tail = 'heal:\n  mode: act # not yet\n';
const rows = ['gate', 'overrides', 'minimum_rows'];

function edited(gate: string, keys: readonly string[], value: string | number | null | undefined): string {
  const { text } = editConfiguration(head + gate + tail, 'mlops.yaml', keys, value);
  expect(text.startsWith(head)).toBe(true);
  expect(text.endsWith(tail)).toBe(true);
  return text.slice(head.length, -tail.length);
}

describe('an edit of mlops.yaml', () => {
  it.each([
    ['an empty map', 'gate:\n  overrides: {} # ours\n', 'gate:\n  overrides: { minimum_rows: 300 } # ours\n'],
    [
      'a map on one line',
      'gate: { overrides: {minimum_days: 3} }\n',
      'gate: { overrides: { minimum_days: 3, minimum_rows: 300 } }\n',
    ],
    [
      'a value that is there',
      'gate:\n  overrides:\n    minimum_rows: 5 # few\n',
      'gate:\n  overrides:\n    minimum_rows: 300 # few\n',
    ],
    [
      'a map of lines',
      'gate:\n  overrides:\n    minimum_days: 3 # days\n# next\n',
      'gate:\n  overrides:\n    minimum_days: 3 # days\n    minimum_rows: 300\n# next\n',
    ],
  ])('writes into %s and changes nothing else', (_, before, after) => {
    expect(edited(before, rows, 300)).toBe(after);
  });

  it.each([
    ['gate:\n  overrides: {}\n', ''],
    ['', ''],
    ['gate:\n  preset: aggressive # for now\n', '# for now'],
  ])('makes the maps that are missing in %j', (before, comment) => {
    const { text, config } = editConfiguration(head + before + tail, 'mlops.yaml', rows, 300);
    expect(config.gate.overrides).toEqual({ minimum_rows: 300 });
    for (const kept of ['# ours', '# kept', '# not yet', comment]) expect(text).toContain(kept);
  });

  it.each([
    ['gate:\n  overrides: { minimum_rows: 5 }\n', 'gate:\n  overrides: {}\n'],
    [
      'gate:\n  overrides:\n    minimum_rows: 5\n    minimum_days: 3\n',
      'gate:\n  overrides:\n    minimum_days: 3\n',
    ],
    ['gate:\n  preset: aggressive\n', 'gate:\n  preset: aggressive\n'],
  ])('takes a key out of %j', (before, after) => {
    expect(edited(before, rows, undefined)).toBe(after);
  });

  it('takes what the configuration would not read as a wrong value, and says what is expected', () => {
    expect(() => edited('', rows, 'many')).toThrowError(
      expect.objectContaining({ why: 'expected a whole number from 0' }),
    );
    expect(() => edited('', ['gate', 'preset'], 'lax')).toThrow(UsageError);
  });

  it('writes null where null is a value', () => {
    const keys = ['gate', 'overrides', 'maximum_segment_loss'];
    expect(editConfiguration(head, 'mlops.yaml', keys, null).config.gate.overrides).toEqual({
      maximum_segment_loss: null,
    });
  });

  it('does not write through an alias', () => {
    const aliased = `${head}contacts: &none {}\ngate: { overrides: *none }\n`;
    expect(() => editConfiguration(aliased, 'mlops.yaml', rows, 7)).toThrow(ConfigurationError);
  });
});
