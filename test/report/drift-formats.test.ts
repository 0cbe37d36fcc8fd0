import { execFileSync, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { driftText, reportFormat } from '../../src/report/drift-formats.ts';
import { calmFeature, categoricalFeature, driftResult, movedFeature } from './drift-samples.ts';
import { parseExposition } from './prometheus-text.ts';

const subject = {
  referenceName: 'train.csv',
  currentName: 'week.csv',
  generatedAt: Date.UTC(2026, 8, 14, 6),
};
const hostile =
  'a|b`c``<img src=x onerror=alert(1)> @admin #12 \u202e\u0000\u001b[31m "q" \'s\' & ]]> \\ {x="y"}\nz';
const features = [
  calmFeature('income'),
  movedFeature('age'),
  categoricalFeature('region', ['south', 'east']),
  movedFeature(hostile),
  calmFeature('note', {
    type: 'text',
    test: 'none',
    score: null,
    p_value: null,
    threshold: null,
    note: 'free text is not compared',
  }),
];
const result = driftResult(features);

test.each([
  ['a.html', 'html'],
  ['b.MD', 'markdown'],
  ['c.xml', 'junit'],
  ['d.prom', 'prometheus'],
  ['e.json', 'json'],
  ['f.txt', undefined],
  ['html', undefined],
])('the extension of %s says %s', (path, format) => {
  expect(reportFormat(path)).toBe(format);
});

describe('Markdown', () => {
  test('names the verdict, what moved and by how much, faults apart, and folds the calm away', async () => {
    const text = await driftText('markdown', result, subject);
    expect(text).toMatch(
      /^### 🛑 Drift CRITICAL: 3 of 5 features drifted \(60\.0 %\), 1 fault of the data\n/,
    );
    expect(text).toContain(
      "| `age` | median 52 → 41; 34 % of rows are outside the reference's middle 90 %; since Sat 12 Sep, ± 1 day, sudden | robust_wasserstein | 0.61 | 0.1 | 31.0 % |",
    );
    expect(text).toContain('- `income`: income looks multiplied by 1,000');
    expect(text).toContain('<details><summary>Not drifted: 2 of 5 features</summary>');
  });

  test('what stands in the data is neither Markdown nor HTML nor a mention', async () => {
    const text = await driftText('markdown', driftResult(features, { notes: [hostile] }), subject);
    const html = await marked.parse(text, { gfm: true });
    expect(html).not.toMatch(/<img|<a /);
    const rows = html.match(/<tr>[\s\S]*?<\/tr>/g) ?? [];
    for (const row of rows) expect(row.match(/<t[hd]/g)).toHaveLength(6);
    expect(text).not.toMatch(/[^`]@admin(?!`)[^`]*$/m);
    expect(text).not.toContain('\u202e');
  });
});

const pythonPresent = spawnSync('python3', ['--version']).status === 0;
const junit = pythonPresent ? 'JUnit XML' : 'skipped: needs python3 (JUnit XML)';
describe.skipIf(!pythonPresent)(junit, () => {
  const parsed = (xml: string) =>
    JSON.parse(
      execFileSync(
        'python3',
        [
          '-c',
          `import sys, json, xml.etree.ElementTree as E
root = E.fromstring(sys.stdin.buffer.read())
suite = root[0]
print(json.dumps({'root': root.attrib, 'suite': suite.attrib, 'cases': [
  {**case.attrib, **{child.tag: child.attrib.get('message', child.text) for child in case}} for case in suite.iter('testcase')]}))`,
        ],
        { input: xml, encoding: 'utf8' },
      ),
    );

  test('is well-formed whatever the names hold; a case a feature fails with the sentence', async () => {
    const { root, suite, cases } = parsed(await driftText('junit', result, subject));
    expect(root).toMatchObject({ tests: '10', failures: '7', errors: '0', skipped: '1' });
    expect(suite.timestamp).toBe('2026-09-14T06:00:00');
    const named = (name: string) => cases.find((each: { name: string }) => each.name === name);
    expect(named('age')).toMatchObject({
      classname: 'drift.feature',
      failure: expect.stringContaining('median 52 → 41'),
    });
    expect(named('income').failure).toBeUndefined();
    expect(named('note').skipped).toBe('free text is not compared');
    expect(named('income: unit_change').failure).toBe('income looks multiplied by 1,000');
    expect(cases.some(({ name }: { name: string }) => name.startsWith('a|b`c``<img src=x'))).toBe(true);
  });

  test('with too few rows for a verdict no feature fails', async () => {
    const { cases } = parsed(
      await driftText('junit', driftResult(features, { status: 'UNKNOWN', issues: [] }), subject),
    );
    expect(cases.filter((each: object) => 'failure' in each)).toEqual([]);
  });
});

test('Prometheus: a strict reader takes it, and gives the figures back under the names of the features', async () => {
  const samples = parseExposition(await driftText('prometheus', result, subject));
  const value = (name: string, labels: object = {}) =>
    samples.find((each) => each.name === name && JSON.stringify(each.labels) === JSON.stringify(labels))
      ?.value;
  expect(value('mlops_drift_status')).toBe(2);
  expect(value('mlops_drift_feature_drifted', { feature: 'age' })).toBe(1);
  expect(value('mlops_drift_feature_drifted', { feature: 'income' })).toBe(0);
  expect(value('mlops_drift_feature_score', { feature: hostile, test: 'robust_wasserstein' })).toBe(0.61);
  expect(value('mlops_drift_data_faults', { kind: 'unit_change' })).toBe(1);
  expect(value('mlops_drift_timestamp_seconds')).toBe(subject.generatedAt / 1000);
  expect(samples.filter(({ labels }) => labels.feature === 'note').map(({ name }) => name)).not.toContain(
    'mlops_drift_feature_score',
  );
});

describe('the table', () => {
  const long = driftResult([
    ...features,
    movedFeature('an_enormously_long_name_of_a_column_that_no_terminal_has_room_for_beside_its_figures_x9', {
      test: 'nannyml:kolmogorov_smirnov',
    }),
  ]);
  const table = async (width: number, of = long) =>
    stripVTControlCharacters(await driftText('table', of, subject, width)).split('\n');

  test.each([80, 100, 132])('keeps to %i columns', async (width) => {
    for (const line of await table(width)) expect([line, line.length <= width]).toEqual([line, true]);
  });

  test('has the verdict first, both distributions on one scale, and says how each drifted feature moved', async () => {
    const lines = await table(120, result);
    expect(lines[0]).toBe('CRITICAL - 3 of 5 features drifted (60.0 %), 1 fault of the data');
    expect(lines[2]).toBe('the model depends on age (31 %)');
    expect(lines.find((line) => line.includes('◆  age'))).toMatch(
      /^◆ {2}age +[▁▂▃▄▅▆▇█]{12} {2}[▁▂▃▄▅▆▇█]{12} {2}robust_wasserstein +0\.61 +0\.1 .*31\.0 %$/,
    );
    expect(lines).toContain(
      "age: median 52 → 41; 34 % of rows are outside the reference's middle 90 %; since Sat 12 Sep, ± 1 day, sudden",
    );
    expect(lines).toContain('  95.0 % sure  income looks multiplied by 1,000');
  });

  test('says nothing twice: neither the count of its headline, nor what a feature without figures says of itself', async () => {
    const gone = 'all values are missing in the current data';
    const [first] = features;
    if (first === undefined) throw new Error('no feature');
    const { effect: _effect, summary: _summary, ...bare } = first;
    const missing = { reference: 0, current: 1, drifted: true };
    const feature = { ...bare, name: 'x', test: 'none' as const, score: null, missing, note: gone };
    const lines = await table(120, driftResult([feature], { sentence: '1 of 1 features drifted' }));
    expect(lines.filter((line) => line.includes('1 of 1 features drifted'))).toHaveLength(1);
    expect(lines.join('\n').split(gone)).toHaveLength(2);
  });

  test('too few rows are the headline, not a count that nobody may believe', async () => {
    const sentence = '1 current row is too few to judge drift';
    const few = { ...driftResult(features, { sentence }), status: 'UNKNOWN' as const, current: { rows: 1 } };
    const lines = await table(120, few);
    expect(lines[0]).toBe(`UNKNOWN - ${sentence}`);
    expect(lines[1]).toMatch(/ reference rows, 1 current row$/);
  });

  test('of free text without figures: what is to be known of it', async () => {
    const [first] = features;
    if (first === undefined) throw new Error('no feature');
    const { effect: _effect, summary: _summary, ...bare } = first;
    const note = '26 % of the words are unknown to the reference';
    const text = { ...bare, name: 'remarks', test: 'text_domain' as const, drifted: true, note };
    expect(await table(120, driftResult([text]))).toContain(`remarks: ${note}`);
  });

  test('obeys nothing that stands in a name', async () => {
    const text = (await table(120, result)).join('\n');
    expect(text).toContain('⟨U+202E⟩⟨U+0000⟩⟨U+001B⟩[31m');
    for (const character of ['\u202e', '\u0000', '\u001b']) expect(text).not.toContain(character);
  });
});

test('on a terminal ten thousand features are not all listed, the ones that moved are first', async () => {
  const many = Array.from({ length: 300 }, (_, index) => calmFeature(`calm${index}`));
  const text = await driftText('table', driftResult([...many, movedFeature('age')]), subject);
  const lines = stripVTControlCharacters(text).split('\n');
  expect(lines.filter((line) => line.includes('calm'))).toHaveLength(199);
  expect(lines.findIndex((line) => line.includes('age'))).toBeLessThan(
    lines.findIndex((line) => line.includes('calm')),
  );
  expect(text).toContain('and 101 more features');
});
