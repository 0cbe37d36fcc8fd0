import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

let original: string;
beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
  const must = async (...commandLine: string[]) => {
    const outcome = await runMlops(['-C', original, ...commandLine]);
    if (outcome.code !== 0) throw new Error(`${commandLine.join(' ')}: ${outcome.stderr}`);
  };
  const reference = join(fixtures, 'reference.csv');
  await must(
    'schema',
    'infer',
    reference,
    '--target',
    'defaulted',
    '--output',
    join(original, 'schema.json'),
  );
  await must('init', '--model', 'sample', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
  await must('train', '--data', reference);
  await must('promote', '1');
});

/** A workspace with these pages of its own, by name. */
function workspaceWith(pages: Readonly<Record<string, string>>): string {
  const workspace = copyOf(original);
  mkdirSync(join(workspace, 'runbook'));
  for (const [name, text] of Object.entries(pages))
    writeFileSync(join(workspace, 'runbook', `${name}.md`), text);
  return workspace;
}

const walk = (workspace: string, ...commandLine: string[]) =>
  runMlops(['-C', workspace, 'runbook', ...commandLine], { env: { MLOPS_USER: 'ada' } });
const walkJson = async (workspace: string, ...commandLine: string[]) => {
  const outcome = await walk(workspace, ...commandLine, '--json');
  return { ...outcome, json: JSON.parse(outcome.stdout) };
};

/** Waits until the store says so; the condition is what is waited for, not a time. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function query(workspace: string, sql: string, file = 'store.db'): unknown[] {
  const store = new Database(join(workspace, '.mlops', file), { readonly: true });
  try {
    return store.prepare(sql).all();
  } finally {
    store.close();
  }
}

const sh = (text: string, info = '') =>
  `# Trial\n\nFor a test.\n\n## Do it\n\n\`\`\`sh ${info}\n${text}\n\`\`\`\n`;

describe('runbook list and show', () => {
  test('every page of the executable is sound and can be read outside a workspace', async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const { code, json } = await walkJson(nowhere, 'list');
    expect(code).toBe(0);
    const files = readdirSync(join(import.meta.dirname, '..', '..', 'runbook')).filter((file) =>
      file.endsWith('.md'),
    );
    const pages = files.map((file) => file.slice(0, -3)).filter((name) => name !== 'coverage');
    const names: readonly string[] = json.pages.map((each: { name: string }) => each.name);
    expect([...names].sort()).toEqual([...pages, 'trainers'].sort());
    expect(json.pages.filter((each: { fault: string | null }) => each.fault !== null)).toEqual([]);
    const shown = await walk(nowhere, 'show', 'api-down');
    expect(shown.stdout).toBe(
      readFileSync(join(import.meta.dirname, '..', '..', 'runbook', 'api-down.md'), 'utf8'),
    );
  });

  test('a page of the workspace overrides ours by name', async () => {
    const workspace = workspaceWith({ daily: '# Our morning\n\nCoffee first.\n' });
    const { json } = await walkJson(workspace, 'list');
    expect(json.pages).toContainEqual(
      expect.objectContaining({ name: 'daily', origin: 'workspace', title: 'Our morning' }),
    );
  });

  test('a broken page is listed with its fault, and refused with file and line', async () => {
    const workspace = workspaceWith({
      broken: '# Broken\n\n## Do it\n\n```mlops expect=maybe\nmlops health\n```\n',
    });
    expect((await walkJson(workspace, 'list')).json.pages).toContainEqual(
      expect.objectContaining({ name: 'broken', fault: expect.stringContaining('line 5: expect=maybe') }),
    );
    const { code, stderr } = await walk(workspace, 'run', 'broken');
    expect(code).toBe(65);
    expect(stderr).toContain(
      `${join(workspace, 'runbook', 'broken.md')}, line 5: expect=maybe names no exit codes`,
    );
  });

  test('an unknown page or step suggests the nearest', async () => {
    const page = await walk(original, 'run', 'api-dwn');
    expect(page.code).toBe(66);
    expect(page.stderr).toContain("did you mean 'api-down'?");
    const step = await walk(original, 'run', 'rollback', '--from', 'role-back');
    expect(step.code).toBe(66);
    expect(step.stderr).toContain("did you mean 'roll-back'?");
  });
});

describe('runbook run --dry-run', () => {
  test('every page prints its steps with exact commands, and runs none', async () => {
    const workspace = copyOf(original);
    const { pages } = (await walkJson(workspace, 'list')).json;
    const validate = new Ajv2020().compile(
      JSON.parse(
        readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'runbook-run-dry.schema.json'), 'utf8'),
      ),
    );
    for (const { name } of pages) {
      const { code, json } = await walkJson(workspace, 'run', name, '--dry-run');
      expect(code, name).toBe(0);
      expect(validate(json), name).toBe(true);
      for (const { commands } of json.steps)
        for (const { line } of commands) expect(line).toMatch(new RegExp(`^mlops -C ${workspace} `));
    }
    expect(query(workspace, 'SELECT * FROM incident')).toEqual([]);
  });

  test('a page that is only read has nothing to run', async () => {
    const { code, stderr } = await walk(original, 'run', 'thresholds');
    expect(code).toBe(64);
    expect(stderr).toContain('mlops runbook show thresholds');
  });
});

describe('runbook run in a script', () => {
  test('does its steps, writes each down with its output, and closes its incident', async () => {
    const page =
      '# Trial\n\nFor a test.\n\nContact: api_down\n\n## Look\n\n```mlops reads\nmlops models\nmlops verify\n```\n';
    const workspace = workspaceWith({ trial: page });
    const { code, json } = await walkJson(workspace, 'run', 'trial');
    expect(code).toBe(0);
    expect(json).toMatchObject({ state: 'done', page: 'trial', next: null });
    expect(json.steps.map((each: { exit: number }) => each.exit)).toEqual([0, 0]);
    expect(query(workspace, 'SELECT who, outcome FROM runbook_step')).toEqual([
      { who: 'ada', outcome: 'expected' },
      { who: 'ada', outcome: 'expected' },
    ]);
    expect(query(workspace, 'SELECT output FROM runbook_step')[0]).toEqual({
      output: expect.stringContaining('Production'),
    });
    expect(query(workspace, 'SELECT title, contact, closed_by FROM incident')).toEqual([
      { title: 'Trial', contact: 'On-call engineer', closed_by: 'ada' },
    ]);
    expect((await runMlops(['-C', workspace, 'verify'])).code).toBe(0);
  });

  test('a command that ends otherwise than expected stops it with exit 2; resume repeats it', async () => {
    const workspace = workspaceWith({
      trial:
        '# Trial\n\n## One\n\n```mlops\nmlops models show 9\n```\n\n## Two\n\n```mlops\nmlops models\n```\n',
    });
    const first = await walkJson(workspace, 'run', 'trial');
    expect(first.code).toBe(2);
    expect(first.json.summary).toContain('ended with exit 66, expected was 0');
    expect(first.json.next).toBe(`mlops -C ${workspace} runbook resume 1`);
    const again = await walkJson(workspace, 'resume');
    expect(again.code).toBe(2);
    const past = await walkJson(workspace, 'resume', '1', '--from', '2');
    expect(past.code).toBe(0);
    expect(past.json.steps.map((each: { outcome: string }) => each.outcome)).toEqual([
      'unexpected',
      'unexpected',
      'expected',
    ]);
    expect((await walk(workspace, 'resume', '1')).code).toBe(64);
    expect((await walk(workspace, 'resume')).code).toBe(66);
  });

  test('a question stops it with exit 1; an answer goes on and is written down', async () => {
    const workspace = workspaceWith({
      trial: '# Trial\n\n## Ask\n\n1. Has it been ended?\n\n## Then\n\n```mlops\nmlops models\n```\n',
    });
    const asked = await walkJson(workspace, 'run', 'trial', '--yes');
    expect(asked.code).toBe(1);
    expect(asked.json).toMatchObject({ state: 'stopped', next: expect.stringContaining('--answer TEXT') });
    const { code, json } = await walkJson(workspace, 'resume', '--answer', 'yes, by Bob');
    expect(code).toBe(0);
    expect(json.steps[0]).toMatchObject({ command: 'Has it been ended?', outcome: 'answered' });
    expect(query(workspace, 'SELECT output FROM runbook_step')[0]).toEqual({ output: 'yes, by Bob' });
  });

  test('a question that was answered is not asked again where the decision after it stops', async () => {
    const workspace = workspaceWith({
      trial: '# Trial\n\n## Ask\n\n1. Who mended it?\n\n| If | Then |\n|---|---|\n| it holds | done |\n',
    });
    const asked = await walkJson(workspace, 'run', 'trial', '--answer', 'Bob');
    expect(asked.json.summary).toBe("a person has to decide 'Ask':\n  1 it holds");
    const { code, json } = await walkJson(workspace, 'resume', '--answer', '1');
    expect(code).toBe(0);
    expect(json.steps).toHaveLength(2);
  });

  test('exit codes decide where they are named, and another page is handed over to', async () => {
    const decision = (code: number) =>
      `# Trial\n\n## Look\n\n\`\`\`mlops\nmlops models show ${code}\n\`\`\`\n\n| If | Then |\n|---|---|\n| exit 0 | done |\n| any other exit | [Rollback](rollback.md) |\n`;
    const workspace = workspaceWith({ good: decision(1), bad: decision(9) });
    expect((await walkJson(workspace, 'run', 'good')).json.state).toBe('done');
    const { code, json } = await walkJson(workspace, 'run', 'bad');
    expect(code).toBe(1);
    expect(json).toMatchObject({
      state: 'handed_over',
      next: `mlops -C ${workspace} runbook run rollback --incident 2`,
    });
    await walkJson(workspace, 'run', 'good', '--incident', '2');
    expect(query(workspace, 'SELECT incident_id FROM runbook_run ORDER BY run_id')).toEqual(
      [1, 2, 2].map((incident_id) => ({ incident_id })),
    );
    expect((await walk(workspace, 'run', 'good', '--incident', '2')).stderr).toContain(
      'incident 2 is closed',
    );
    expect((await walk(workspace, 'run', 'good', '--incident', '9')).code).toBe(64);
  });

  test('a person decides where no exit code can: the row is given by number or by its words', async () => {
    const page = `# Trial\n\n## Choose\n\n| If | Then |\n|---|---|\n| it rains | [Look](#look) |\n| it shines | done |\n\n## Look\n\n\`\`\`mlops\nmlops models\n\`\`\`\n`;
    const workspace = workspaceWith({ trial: page });
    expect((await walkJson(workspace, 'run', 'trial')).code).toBe(1);
    expect((await walkJson(workspace, 'resume', '--answer', 'it SHINES')).json.steps.at(-1).outcome).toBe(
      'answered',
    );
    expect((await walkJson(workspace, 'run', 'trial', '--answer', '1')).json.steps.at(-1).exit).toBe(0);
    expect((await walkJson(workspace, 'run', 'trial', '--answer', 'perhaps')).code).toBe(1);
  });

  test('what a command asks for is given with --set, and remembered', async () => {
    const workspace = workspaceWith({
      trial: '# Trial\n\n## Look\n\n```mlops\nmlops models show <which version>\n```\n',
    });
    const asked = await walkJson(workspace, 'run', 'trial');
    expect(asked.code).toBe(1);
    expect(asked.json.next).toContain("--set 'which version=…'");
    const { code, json } = await walkJson(workspace, 'resume', '--set', 'which version=champion');
    expect(code).toBe(0);
    expect(json.steps[0].command).toBe(`mlops -C ${workspace} models show champion`);
  });

  test('a page that goes round for ever is stopped', async () => {
    const page =
      '# Trial\n\n## Look\n\n```mlops reads\nmlops --help\n```\n\n| If | Then |\n|---|---|\n| exit 0 | [Look](#look) |\n';
    const { code, json } = await walkJson(workspaceWith({ trial: page }), 'run', 'trial');
    expect(code).toBe(2);
    expect(json.summary).toContain('the page goes round');
  });
});

describe('a step that destroys', () => {
  const page = '# Trial\n\n## Wipe\n\nDestroys: everything\nthere is.\n\n```mlops\nmlops models\n```\n';

  test('never runs on --yes alone; --destroy with its name lets it', async () => {
    const workspace = workspaceWith({ trial: page });
    const refused = await walkJson(workspace, 'run', 'trial', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.json.summary).toContain('everything there is');
    expect(query(workspace, 'SELECT * FROM runbook_step')).toEqual([]);
    expect((await walkJson(workspace, 'resume', '--yes', '--destroy', 'another')).code).toBe(1);
    expect((await walkJson(workspace, 'resume', '--yes', '--destroy', 'wipe')).code).toBe(0);
  });
});

describe('shell of a workspace’s page', () => {
  test('runs only while it is trusted to the byte', async () => {
    const workspace = workspaceWith({ trial: sh('echo from $PWD') });
    const refused = await walk(workspace, 'run', 'trial');
    expect(refused.code).toBe(78);
    expect(refused.stderr).toContain('mlops runbook trust trial');
    expect(query(workspace, 'SELECT * FROM runbook_run')).toEqual([]);
    expect((await walkJson(workspace, 'trust', 'trial')).json).toMatchObject({
      page: 'trial',
      changed: true,
    });
    expect((await walk(workspace, 'run', 'trial')).stdout).toContain(`from ${workspace}`);
    expect(query(workspace, "SELECT who, reason FROM event WHERE command = 'runbook trust'")).toEqual([
      { who: 'ada', reason: 'trial' },
    ]);
    writeFileSync(join(workspace, 'runbook', 'trial.md'), sh('echo changed'));
    expect((await walk(workspace, 'run', 'trial')).code).toBe(78);
  });

  test('ours need no trust, and cannot be given any', async () => {
    expect((await walk(original, 'trust', 'daily')).code).toBe(64);
  });
});

describe('faults of a command', () => {
  const trusted = async (text: string, info = '') => {
    const workspace = workspaceWith({ trial: sh(text, info) });
    await walk(workspace, 'trust', 'trial');
    return workspace;
  };

  test('one that hangs is ended with all that it started, after its limit', async () => {
    const workspace = await trusted('sleep 1000 & echo $! > child; trap "" TERM; sleep 1000', 'limit=0.5s');
    const { code, json } = await walkJson(workspace, 'run', 'trial');
    expect(code).toBe(2);
    expect(json.summary).toContain('did not end within 0.5 s');
    expect(json.steps[0].outcome).toBe('timed_out');
    const child = readFileSync(join(workspace, 'child'), 'utf8').trim();
    await until(() => !isAlive(child));
  });

  test('one that prints 100 MB is kept by its end', async () => {
    const workspace = await trusted(
      'head -c 100000000 /dev/zero | tr "\\\\0" x | fold -w 100; echo; echo the end',
    );
    const { code, stdout } = await walk(workspace, 'run', 'trial');
    expect(code).toBe(0);
    expect(stdout.length).toBeLessThan(100_000);
    const [{ output }] = query(workspace, 'SELECT output FROM runbook_step') as [{ output: string }];
    expect(output.startsWith('(earlier lines are left out)\n')).toBe(true);
    expect(output.endsWith('the end')).toBe(true);
    expect(output.length).toBeLessThan(66_000);
  });

  test('a daemon that it leaves behind is not waited for', async () => {
    const workspace = await trusted('sleep 1000 & echo $! > child');
    const { code } = await walk(workspace, 'run', 'trial');
    const child = readFileSync(join(workspace, 'child'), 'utf8').trim();
    expect(isAlive(child)).toBe(true);
    process.kill(Number(child), 'SIGKILL');
    expect(code).toBe(0);
  });
});

/** A process that is neither gone nor a zombie. */
function isAlive(pid: string): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a run that ends before its time', () => {
  const start = async (info: string) => {
    const workspace = workspaceWith({ trial: sh('echo x >> times; test -e ready || sleep 1000', info) });
    await walk(workspace, 'trust', 'trial');
    const child = spawn(executable, ['-C', workspace, 'runbook', 'run', 'trial'], {
      stdio: 'ignore',
      env: { ...process.env, MLOPS_USER: 'ada' },
    });
    await until(() => readdirSync(workspace).includes('times'));
    return { workspace, child };
  };

  test('a second operator is told who is in it', async () => {
    const { workspace, child } = await start('');
    const { code, stderr } = await walk(workspace, 'run', 'trial');
    expect(code).toBe(75);
    expect(stderr).toContain('ada, runbook trial');
    expect((await walk(workspace, 'resume')).code).toBe(75);
    child.kill('SIGINT');
    await once(child, 'exit');
  });

  test('Ctrl-C ends its command and exits with 130; resume asks before it repeats what may have changed something', async () => {
    const { workspace, child } = await start('');
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    writeFileSync(join(workspace, 'ready'), '');
    const stopped = await walkJson(workspace, 'resume');
    expect(stopped.code).toBe(1);
    expect(stopped.json.summary).toContain('was cut off, and may have changed something');
    const again = await walkJson(workspace, 'resume', '--from', 'do-it');
    expect(again.code).toBe(1);
    expect(readFileSync(join(workspace, 'times'), 'utf8')).toBe('x\n');
  });

  test('killed with no word, it is found, and what only reads is repeated unasked', async () => {
    const { workspace, child } = await start('reads');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(query(workspace, 'SELECT state FROM runbook_run')).toEqual([{ state: 'running' }]);
    writeFileSync(join(workspace, 'ready'), '');
    const { code, json } = await walkJson(workspace, 'resume');
    expect(code).toBe(0);
    expect(json.steps.map((each: { outcome: string }) => each.outcome)).toEqual(['cut_off', 'expected']);
  });
});

describe('a workspace that is itself at fault', () => {
  const page = '# Trial\n\n## Look\n\n```mlops expect=any\nmlops verify\n```\n';

  test('with a damaged store the run is written down beside it', async () => {
    const workspace = workspaceWith({ trial: page });
    writeFileSync(
      join(workspace, '.mlops', 'store.db'),
      'no store at all, and long enough to be looked at'.repeat(100),
    );
    const { code, stdout } = await walk(workspace, 'run', 'trial');
    expect(code).toBe(0);
    expect(stdout).toContain('runbook.db');
    expect(query(workspace, 'SELECT exit_code FROM runbook_step', 'runbook.db')).toEqual([{ exit_code: 65 }]);
    const shown = await runMlops(['-C', workspace, 'incidents', 'show', '1']);
    expect(shown.stdout).toContain('trial/look');
  });

  test('a run whose store is replaced meanwhile goes on in the new one', async () => {
    const swap =
      '# Trial\n\n## Swap\n\n```sh\ncp older.db .mlops/store.db\n```\n\n## Look\n\n```mlops\nmlops models\n```\n';
    const workspace = workspaceWith({ trial: swap });
    await walk(workspace, 'trust', 'trial');
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.pragma('wal_checkpoint(TRUNCATE)');
    store.close();
    writeFileSync(join(workspace, 'older.db'), readFileSync(join(workspace, '.mlops', 'store.db')));
    const { code, json } = await walkJson(workspace, 'run', 'trial');
    expect(code).toBe(0);
    expect(json.steps.map((each: { step: string }) => each.step)).toEqual(['swap', 'look']);
  });

  test('a read-only one is refused before anything runs, and can still be read', async () => {
    const workspace = workspaceWith({ trial: page });
    const cache = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    chmodSync(workspace, 0o555);
    chmodSync(join(workspace, '.mlops'), 0o555);
    chmodSync(cache, 0o777);
    const asStranger = (...words: string[]) => {
      // Nothing is read-only to root; to anybody else it is.
      const uid = process.getuid?.() === 0 ? { uid: 65534 } : {};
      const options = { env: { ...process.env, MLOPS_CACHE: cache, HOME: cache }, ...uid };
      return spawnSync(executable, ['-C', workspace, 'runbook', ...words], { ...options, encoding: 'utf8' });
    };
    const refused = asStranger('run', 'trial');
    expect(refused.stderr).toContain('permission denied');
    expect(refused.status).toBe(74);
    expect(asStranger('run', 'trial', '--dry-run').status).toBe(0);
    expect(asStranger('show', 'api-down').status).toBe(0);
    expect(query(workspace, 'SELECT * FROM runbook_run')).toEqual([]);
  });
});

describe('incidents', () => {
  test('list, show with a timeline, post-mortem draft, and close with a reason', async () => {
    const workspace = workspaceWith({
      trial:
        '# Trial | bad\n\n## Roll\n\n```mlops\nmlops promote 1 --reason "again | and"\nmlops models show 9\n```\n',
    });
    const incidents = (...words: string[]) =>
      runMlops(['-C', workspace, 'incidents', ...words], { env: { MLOPS_USER: 'ada' } });
    expect((await walk(workspace, 'run', 'trial')).code).toBe(2);
    const { incidents: open } = JSON.parse((await incidents('--open', '--json')).stdout);
    expect(open).toMatchObject([{ incident_id: '1', title: 'Trial | bad', time_to_restore_ms: null }]);
    const report = JSON.parse((await incidents('show', '1', '--json')).stdout);
    const validate = new Ajv2020().compile(
      JSON.parse(
        readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'incidents-show.schema.json'), 'utf8'),
      ),
    );
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.versions_live[0]).toMatchObject({ version: '1' });
    expect(report.timeline.map((each: { source: string }) => each.source)).toContain('runbook');
    const markdown = (await incidents('show', '1', '--markdown')).stdout;
    expect(markdown).toContain('# Post-mortem of incident 1: Trial | bad');
    expect(markdown).toContain('error: version 1 is in Production already');
    expect(markdown).toContain("--reason 'again \\| and' (exit 69, unexpected)");
    expect((await incidents('close', '1')).code).toBe(64);
    expect((await incidents('close', '1', '--reason', 'mended')).code).toBe(0);
    expect((await incidents('close', '1', '--reason', 'again')).code).toBe(64);
    expect((await incidents('show', '7')).code).toBe(66);
    expect((await incidents('--open')).stdout).toBe('no incidents\n');
    expect(query(workspace, 'SELECT state FROM runbook_run')).toEqual([{ state: 'abandoned' }]);
    expect((await incidents('show', '1', '--markdown')).stdout).toMatch(/Time to restore \| after \d+ s/);
  });
});
