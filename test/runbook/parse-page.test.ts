import { describe, expect, test } from 'vitest';
import { DataError } from '../../src/platform/errors.ts';
import { parsePage } from '../../src/runbook/parse-page.ts';

const fence = '```';
const page = `# Free the port

When the port is **taken**:
somebody else holds it.

Contact: \`api_down\`

## See who holds it

Looks only.

${fence}mlops reads expect=0,2 limit=90s
# a remark
mlops diagnose api --json
mlops logs "my service" --grep 'a b'
${fence}

| If | Then |
|---|---|
| exit 0 | done |
| exit 1 or 2 | [End it](#end-it) |
| any other exit | [The API is down](api-down.md) |

## End it

**Destroys:** whatever the process
has not written yet.

| Not | A decision |
|---|---|
| a | b |

1. Say who owns it.
2. Has it been ended?

${fence}sh
kill "$(cat pid)"
${fence}
`;

describe('a page', () => {
  const parsed = parsePage('free-port', page);

  test('has a title, a summary of one line, and whom it concerns', () => {
    expect(parsed).toMatchObject({
      title: 'Free the port',
      summary: 'When the port is taken: somebody else holds it.',
      contact: 'api_down',
    });
  });

  test('has a step for each heading, at its line, with prose that leaves out what runs', () => {
    expect(parsed.steps.map(({ id, line }) => [id, line])).toEqual([
      ['see-who-holds-it', 8],
      ['end-it', 24],
    ]);
    expect(parsed.steps[0]?.prose).toBe('Looks only.');
    expect(parsed.steps[1]?.prose).toContain('| Not | A decision |');
  });

  test('has commands in words, with their line, limit and expected exits', () => {
    const [first, second] = parsed.steps[0]?.commands ?? [];
    expect(first).toMatchObject({
      text: 'mlops diagnose api --json',
      line: 14,
      limit_ms: 90_000,
      reads: true,
      expected: [0, 2],
    });
    expect(second?.words.map(({ text }) => text)).toEqual(['logs', 'my service', '--grep', 'a b']);
    expect(second?.expected).toBeNull();
  });

  test('decides by exit code where every row names one', () => {
    expect(parsed.steps[0]?.decision).toMatchObject({
      by: 'exit',
      branches: [
        { exits: [0], target: { kind: 'done' } },
        { exits: [1, 2], target: { kind: 'step', id: 'end-it' } },
        { exits: null, target: { kind: 'page', name: 'api-down' } },
      ],
    });
  });

  test('says what a step destroys and what only a person can answer', () => {
    expect(parsed.steps[1]).toMatchObject({
      destroys: 'whatever the process has not written yet.',
      question: 'Has it been ended?',
      commands: [{ kind: 'sh', text: 'kill "$(cat pid)"' }],
    });
  });

  test('is the same with the line ends of Windows', () => {
    expect(parsePage('free-port', page.replaceAll('\n', '\r\n'))).toEqual(parsed);
  });
});

test('steps of the same name are told apart', () => {
  expect(parsePage('p', '# P\n\n## Look\n\n## Look\n').steps.map(({ id }) => id)).toEqual(['look', 'look-1']);
});

describe('a broken page is refused with its line', () => {
  const step = (body: string) => `# P\n\n## Do it\n\n${body}\n`;
  const block = (info: string, text: string) => step(`${fence}${info}\n${text}\n${fence}`);
  const table = (...rows: string[]) => step(['| If | Then |', '|---|---|', ...rows].join('\n'));
  test.each([
    ['no title', '## Do it\n', 'line 1: a page without a title'],
    ['a step without a name', '# P\n\n## !\n', 'line 3: a step without a name'],
    ['a pipe in an mlops block', block('mlops', 'mlops health | tail'), "line 6: '| tail' cannot stand"],
    ['an open quote', block('mlops', 'mlops health "x'), "line 6: '\"x'"],
    [
      'another program in an mlops block',
      block('mlops', 'make health'),
      "line 6: 'make health' is no command",
    ],
    ['an empty mlops block', block('mlops', '# nothing'), 'line 5: an empty mlops block'],
    ['an unknown word after mlops', block('mlops quick', 'mlops health'), "line 5: 'quick' says nothing"],
    ['no exit codes', block('mlops expect=0,', 'mlops health'), 'line 5: expect=0, names no exit codes'],
    ['a limit of nothing', block('mlops limit=0s', 'mlops health'), "line 5: 'limit=0s' says nothing"],
    [
      'a page that trusts a page',
      block('mlops', 'mlops --quiet runbook trust other'),
      'line 6: a page that would trust',
    ],
    [
      'a block that is never closed',
      step(`${fence}mlops\nmlops health`),
      'line 5: a block that is never closed',
    ],
    [
      'a block in a list',
      step(`1. Look:\n   ${fence}mlops\n   mlops health\n   ${fence}`),
      'line 6: a block inside a list',
    ],
    [
      'a block before the first step',
      `# P\n\n${fence}mlops\nmlops health\n${fence}\n`,
      'line 3: a block before the first step',
    ],
    [
      'a branch that leads nowhere',
      table('| it rains | stay in |'),
      "line 7: 'stay in' says not where to go on",
    ],
    ['a branch to a step that is not there', table('| it rains | [In](#in) |'), 'leads to #in'],
    [
      'exits and words mixed',
      table('| exit 0 | done |', '| it rains | done |'),
      'line 5: a decision by exit code and by a person',
    ],
    [
      'exits without a command',
      table('| exit 0 | done |'),
      'line 5: a decision by exit code without a command',
    ],
  ])('%s', (_what, text, message) => {
    expect(() => parsePage('p', text)).toThrow(DataError);
    expect(() => parsePage('p', text)).toThrow(message);
  });
});
