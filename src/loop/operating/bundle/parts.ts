import { existsSync, readFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { examineHealth } from '../../../health/examine-health.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import { weekMs } from '../../../platform/durations.ts';
import { withoutSecrets } from '../../../platform/redact.ts';
import { version } from '../../../platform/version.ts';
import {
  driftScores,
  newestMonitoringRuns,
  openAlerts,
  openForReading,
  type Store,
} from '../../../store/index.ts';
import { configurationWithoutSecrets, type Workspace } from '../../../workspace/index.ts';
import { type LogOrigin, logOrigins } from '../../logs/log-origin.ts';
import { readFileEnd } from '../../logs/read-file-end.ts';
import { readLogs } from '../../logs/read-logs.ts';
import { readRegistry } from '../../versions/read-registry.ts';
import { diagnose } from '../diagnose.ts';
import { readStats } from '../read-stats.ts';
import { restartLogPath } from '../restart-log.ts';

export interface PartSubject {
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One file of the bundle; a part that throws is left out and named. */
export interface Part {
  readonly name: string;
  make(subject: PartSubject): string | Promise<string>;
}

/** Lines of each log, and characters of a line's file, that go in. */
const logLines = 2000;
const longestLog = 1_000_000;
const monitoringRuns = 30;

/** Everything that goes in: a new part is one entry here. None of them holds a row of data. */
export function bundleParts(workspace: Workspace): readonly Part[] {
  return [
    { name: 'program.json', make: ({ clock }) => json(program(clock)) },
    {
      name: 'mlops.yaml',
      make: () => configurationWithoutSecrets(readFileSync(workspace.configurationPath, 'utf8')),
    },
    {
      name: 'health.json',
      make: async ({ clock, signal }) =>
        json(await examineHealth(workspace, clock, { network: true, signal })),
    },
    { name: 'models.json', make: () => json(readRegistry(workspace)) },
    {
      name: 'monitoring.json',
      make: ({ clock }) => json(readStore(workspace, (store) => monitoring(store, clock))),
    },
    { name: 'alerts.json', make: () => json(readStore(workspace, openAlerts)) },
    {
      name: 'stats.json',
      make: ({ clock }) => json(readStats(workspace, { window: weekMs, by: 'hour' }, clock)),
    },
    ...workspace.config.services.map(({ name }) => ({
      name: `diagnosis/${fileName(name)}.json`,
      make: async ({ clock, signal }: PartSubject) => json(await diagnose(workspace, name, clock, signal)),
    })),
    ...logOrigins(workspace).map(logPart),
    ...workspace.config.services
      .filter(({ name }) => existsSync(restartLogPath(workspace, name)))
      .map(({ name }) => ({
        name: `logs/restart-${fileName(name)}.log`,
        make: () => text(readFileEnd(restartLogPath(workspace, name), () => true).lines),
      })),
  ];
}

function program(clock: Clock) {
  return {
    generated_at: toIso(clock.now()),
    mlops: version,
    node: process.versions.node,
    system: `${platform()} ${release()} ${arch()}`,
  };
}

function monitoring(store: Store, clock: Clock) {
  const until = clock.now();
  const runs = newestMonitoringRuns(store, { from: 0, until, most: monitoringRuns });
  return runs.map(({ at, from_at, until_at, ...run }) => ({
    ...run,
    at: toIso(at),
    window: { from: toIso(from_at), until: toIso(until_at) },
    features: driftScores(store, run.run_id),
  }));
}

function readStore<T>(workspace: Workspace, read: (store: Store) => T): T {
  using store = openForReading(workspace.paths.store);
  return store.read(() => read(store));
}

function logPart({ name }: LogOrigin): Part {
  return {
    name: join('logs', `${fileName(name)}.log`),
    make: async ({ workspace, clock, signal }) => {
      const question = {
        service: name,
        since: undefined,
        level: undefined,
        grep: undefined,
        lines: logLines,
      };
      const { lines, unavailable } = await readLogs(workspace, question, clock, signal);
      return text([
        ...lines.map((each) => `${each.at ?? ''} ${each.level ?? ''} ${each.text}`.trim()),
        ...unavailable.map((each) => `not read: ${each.why}`),
      ]);
    },
  };
}

function text(lines: readonly string[]): string {
  return `${withoutSecrets(lines.join('\n').slice(-longestLog))}\n`;
}

function json(value: unknown): string {
  return `${withoutSecrets(JSON.stringify(value, null, 2))}\n`;
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-');
}
