import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CronExpressionParser } from 'cron-parser';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { scheduleInstallDefinition, schedulePrintDefinition } from '../../src/data/results/schedule.ts';
import { calm, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));

async function workspaceNamed(name: string, model = 'credit'): Promise<string> {
  const folder = join(place(), name);
  mkdirSync(folder);
  const { code, stderr } = await runMlops([
    '-C',
    folder,
    'init',
    '--model',
    model,
    '--schema',
    's.json',
    '--yes',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  return folder;
}

function setSchedule(workspace: string, lines: string): void {
  const path = join(workspace, 'mlops.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('schedule: {}\n', `schedule:\n${lines}`));
}

let plain = '';
let awkward = '';
beforeAll(async () => {
  plain = await workspaceNamed('credit');
  awkward = await workspaceNamed(`a b%c$d'e"f{{g}}`, `Crédit "Risk" {{ 7 * 7 }}\t%h`);
});

async function filesOf(workspace: string, scheduler: string, ...more: string[]) {
  const { code, stdout } = await runMlops([
    '-C',
    workspace,
    '--json',
    'schedule',
    'print',
    scheduler,
    ...more,
  ]);
  expect(code).toBe(0);
  return schedulePrintDefinition.parse(JSON.parse(stdout)).files;
}

const tool = (name: string, ...words: string[]) => spawnSync(name, words, { encoding: 'utf8' });

describe('schedule print cron', () => {
  test('monitors daily and heals weekly, by lines that a crontab parser reads', async () => {
    const [file] = await filesOf(plain, 'cron');
    const lines = file?.text.split('\n').filter((line) => /^\d/.test(line)) ?? [];
    const next = (line: string) =>
      CronExpressionParser.parse(line.split(' ').slice(0, 5).join(' '), {
        currentDate: '2026-11-24T12:00:00Z',
        tz: 'UTC',
      })
        .next()
        .toISOString();
    expect(next(lines.find((line) => line.includes(' monitor ')) ?? '')).toBe('2026-11-25T06:00:00.000Z');
    expect(next(lines.find((line) => line.includes(' heal ')) ?? '')).toBe('2026-11-30T07:00:00.000Z');
  });

  test('a line does its work in sh, also in a workspace with an awkward name', async () => {
    const [file] = await filesOf(awkward, 'cron');
    const line = file?.text.split('\n').find((each) => each.includes(' monitor ')) ?? '';
    const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%');
    const { status } = tool('sh', '-c', command);
    const log = readFileSync(join(awkward, '.mlops', 'logs', 'schedule.log'), 'utf8');
    expect([status, log]).toEqual([66, expect.stringContaining('store.db is missing')]);
  });

  test('is taken by crontab -n', async ({ skip }) => {
    skip(tool('crontab', '-h').error !== undefined, 'needs the crontab of cron');
    const path = join(place(), 'crontab');
    writeFileSync(path, (await filesOf(awkward, 'cron'))[0]?.text ?? '');
    expect(tool('crontab', '-n', path)).toMatchObject({ status: 0 });
  });
});

describe('schedule print systemd', () => {
  test('gives units that systemd-analyze finds nothing wrong with', async ({ skip }) => {
    skip(tool('systemd-analyze', '--version').error !== undefined, 'needs systemd-analyze');
    for (const workspace of [plain, awkward]) {
      const to = place();
      await filesOf(workspace, 'systemd', '--to', to);
      const units = readdirSync(to).map((name) => join(to, name));
      expect(units.length).toBeGreaterThanOrEqual(4);
      const outcome = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
        encoding: 'utf8',
        env: { ...process.env, XDG_RUNTIME_DIR: place() },
      });
      expect([outcome.status, outcome.stderr.split('\n').filter((line) => line.includes(to))]).toEqual([
        0,
        [],
      ]);
    }
  });

  test('gives times that systemd-analyze calendar understands', async ({ skip }) => {
    skip(tool('systemd-analyze', '--version').error !== undefined, 'needs systemd-analyze');
    const workspace = await workspaceNamed('times');
    setSchedule(
      workspace,
      '  monitor: hourly at :15\n  heal: friday 18:05\n  alerts: never\n  backup: never\n',
    );
    const timers = (await filesOf(workspace, 'systemd')).filter(({ name }) => name.endsWith('.timer'));
    const normal = timers.map(({ text }) => {
      const time = /OnCalendar=(.*)/.exec(text)?.[1] ?? '';
      return /Normalized form: (.*)/.exec(tool('systemd-analyze', 'calendar', time).stdout)?.[1];
    });
    expect(normal).toEqual(['*-*-* *:15:00', 'Fri *-*-* 18:05:00']);
  });
});

test('schedule print kubernetes gives CronJobs that hold to the schema of Kubernetes', async () => {
  for (const workspace of [plain, awkward]) {
    const [file] = await filesOf(workspace, 'kubernetes', '--image', 'registry/mlops:1', '--claim', 'credit');
    const documents = parseAllDocuments(file?.text ?? '').map((each) => each.toJS());
    expect(documents.length).toBeGreaterThanOrEqual(2);
    for (const document of documents) {
      new CronJob(document).validate();
      expect(document.metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/);
      CronExpressionParser.parse(document.spec.schedule);
    }
    const broken = structuredClone(documents[0]);
    broken.spec.jobTemplate.spec.template.spec.containers[0].image = 7;
    expect(() => new CronJob(broken).validate()).toThrow();
  }
});

describe('schedule print airflow', () => {
  test('gives a file that Python compiles', async ({ skip }) => {
    skip(tool('python3', '--version').error !== undefined, 'needs Python');
    for (const workspace of [plain, awkward]) {
      const to = place();
      await filesOf(workspace, 'airflow', '--to', to);
      const [name = ''] = readdirSync(to);
      expect(tool('python3', '-m', 'py_compile', join(to, name))).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('gives DAGs that the DagBag of Airflow loads, with commands that are rendered as they stand', async ({
    skip,
  }) => {
    const python = process.env.MLOPS_AIRFLOW_PYTHON ?? 'python3';
    skip(
      tool(python, '-c', 'import airflow').status !== 0,
      'needs Airflow (MLOPS_AIRFLOW_PYTHON names its Python)',
    );
    const to = place();
    await filesOf(awkward, 'airflow', '--to', to);
    const load = `
import json, sys
try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models import DagBag
bag = DagBag(sys.argv[1])
tasks = [task for dag in bag.dags.values() for task in dag.tasks]
print(json.dumps({"errors": list(bag.import_errors.values()), "ids": sorted(bag.dags), "commands": [task.render_template(task.bash_command, {}) for task in tasks]}))`;
    const outcome = spawnSync(python, ['-c', load, to], {
      encoding: 'utf8',
      env: { ...process.env, AIRFLOW_HOME: place(), AIRFLOW__CORE__LOAD_EXAMPLES: 'False' },
    });
    const { errors, ids, commands } = JSON.parse(outcome.stdout.trim().split('\n').at(-1) ?? '{}');
    expect([errors, ids]).toEqual([
      [],
      expect.arrayContaining(['mlops-cr-dit-risk-7-7-h-heal', 'mlops-cr-dit-risk-7-7-h-monitor']),
    ]);
    const [command] = commands.filter((each: string) => each.includes(' monitor '));
    expect(tool('sh', '-c', `set -- ${command.split(' || ')[0]}; echo "$3"`).stdout).toBe(`${awkward}\n`);
  }, 60_000);
});

describe('mlops.yaml', () => {
  test('never leaves a job out, a wrong time is named with what is expected', async () => {
    const workspace = await workspaceNamed('never');
    setSchedule(workspace, '  heal: never\n');
    expect((await filesOf(workspace, 'cron'))[0]?.text).not.toContain(' heal ');
    const wrong = await workspaceNamed('wrong');
    setSchedule(wrong, '  heal: 0 7 * * 1\n');
    const { code, stderr } = await runMlops(['-C', wrong, 'schedule', 'print', 'cron']);
    expect([code, stderr]).toEqual([78, expect.stringContaining('cause: expected never, hourly')]);
  });
});

/** A crontab that keeps what it is given in a file. */
function fakeCrontab(kept: string) {
  const programs = place();
  const text = `#!/bin/sh\nif [ "$1" = -l ]; then cat '${kept}' 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }; else cat > '${kept}'; fi\n`;
  writeFileSync(join(programs, 'crontab'), text);
  chmodSync(join(programs, 'crontab'), 0o755);
  return { PATH: `${programs}${delimiter}${process.env.PATH}` };
}

describe('schedule install cron', () => {
  const install = (workspace: string, env: Record<string, string>, ...words: string[]) =>
    runMlops(['-C', workspace, ...words, 'schedule', 'install', 'cron'], { env });

  test('shows what it writes, asks for consent, writes it once and leaves the rest', async () => {
    const kept = join(place(), 'crontab');
    writeFileSync(kept, '0 0 * * * mine');
    const env = fakeCrontab(kept);
    const refused = await install(plain, env);
    expect([refused.code, readFileSync(kept, 'utf8')]).toEqual([64, '0 0 * * * mine']);
    expect(refused.stderr).toContain(`${executable} -C ${plain} --quiet monitor`);
    expect((await install(plain, env, '--yes')).code).toBe(0);
    const once = readFileSync(kept, 'utf8');
    expect(once).toMatch(/^0 0 \* \* \* mine\n# >>> mlops .*[\s\S]*# <<< mlops .*\n$/);
    const again = JSON.parse((await install(plain, env, '--yes', '--json')).stdout);
    expect(scheduleInstallDefinition.parse(again)).toMatchObject({ changed: false, active: true });
    expect(readFileSync(kept, 'utf8')).toBe(once);
    const other = await workspaceNamed('other');
    await install(other, env, '--yes');
    setSchedule(other, '  monitor: daily 05:00\n');
    await install(other, env, '--yes');
    const both = readFileSync(kept, 'utf8');
    expect(both.startsWith(once)).toBe(true);
    expect(both.match(/ monitor /g)).toHaveLength(2);
    expect(both).toContain('0 5 * * * ');
  });

  test('makes the first crontab, and says where there is no cron', async () => {
    const kept = join(place(), 'crontab');
    expect((await install(plain, fakeCrontab(kept), '--yes')).code).toBe(0);
    expect(existsSync(kept)).toBe(true);
    expect(await install(plain, { PATH: place() }, '--yes')).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('there is no cron here'),
    });
  });
});

test('schedule install systemd writes user units, and says when they could not be enabled', async () => {
  const home = place();
  const env = { HOME: home, XDG_CONFIG_HOME: '', PATH: place() };
  const { code, stdout } = await runMlops(
    ['-C', plain, '--json', '--yes', 'schedule', 'install', 'systemd'],
    { env },
  );
  const { files, active, notes } = scheduleInstallDefinition.parse(JSON.parse(stdout));
  expect([code, active]).toEqual([1, false]);
  expect(notes).toContainEqual(
    expect.stringContaining('systemctl --user enable --now mlops-credit-monitor.timer'),
  );
  for (const file of files) expect(existsSync(file)).toBe(true);
  expect(files[0]?.startsWith(join(home, '.config', 'systemd', 'user'))).toBe(true);
});

test.each(['kubernetes', 'airflow'])('schedule install %s names the line to type', async (scheduler) => {
  const { code, stderr } = await runMlops(['-C', plain, 'schedule', 'install', scheduler]);
  expect([code, stderr]).toEqual([64, expect.stringContaining(`try: mlops schedule print ${scheduler}`)]);
});

describe('a run that overlaps or was missed', () => {
  let monitored = '';
  beforeAll(async () => {
    monitored = await loopWorkspace();
    await runAt(monitored, calm, 'monitor');
  });

  test('of several monitors at once each runs whole or ends with 75', async () => {
    const workspace = copyOf(monitored);
    const outcomes = await Promise.all([1, 2, 3].map(() => runAt(workspace, calm, 'monitor')));
    const refused = outcomes.filter(({ code }) => code === 75);
    expect(refused.length).toBeLessThan(3);
    for (const { json } of refused)
      expect(json.error).toMatch(/monitor \(process \d+ on .*\) is at work here/);
    expect(outcomes.filter(({ code }) => (code ?? 99) > 3 && code !== 75)).toEqual([]);
  });

  test('health warns after twice the period that mlops.yaml names', async () => {
    const checked = async (workspace: string, at: string) => {
      const { json } = await runAt(workspace, at, 'health', '--no-network');
      return json.checks.find((each: { name: string }) => each.name === 'monitoring');
    };
    const twoHoursLater = '2026-08-31T02:01:00Z';
    expect((await checked(monitored, twoHoursLater)).threshold).toBe(48);
    const hourly = copyOf(monitored);
    setSchedule(hourly, '  monitor: hourly\n');
    expect(await checked(hourly, twoHoursLater)).toMatchObject({
      threshold: 2,
      remedy: expect.stringContaining('mlops schedule print cron'),
    });
  });
});
