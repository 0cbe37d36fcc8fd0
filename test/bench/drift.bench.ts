import { join } from 'node:path';
import { readTable } from '../../src/data/index.ts';
import { type Benchmark, mlops, type Requirement, type Row } from './benchmark.ts';
import { readByDuckDb, sortColumns } from './limits.ts';
import { type Peers, peer, peerVersion, preparePeers } from './peers.ts';
import type { Command } from './process.ts';
import { alone, attempt, type SideBySide, sideBySide } from './side-by-side.ts';
import { fillStore } from './store-window.ts';
import { features, writeSyntheticRows, writeWideRows } from './synthetic-rows.ts';

/** Two files, or what else is compared, as both sides are started on it. */
interface Comparison {
  readonly what: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Pairs of runs; undefined for what takes the peer minutes: then each runs once, and the peer no longer than `seconds`. */
  readonly rounds?: number;
  readonly required: Requirement;
  /** Whether both have to find the same number of drifted features: where both decide by the same tests. */
  readonly sameVerdict: boolean;
}

const seconds = 600;
const small = { reference: 30_000, current: 9_600 };
const million = 1_000_000;
const wide = { rows: 10_000, features: 2_000 };

/** The table of issue 6: the default tests on the same data, types inferred by the same rule. */
export const drift: Benchmark = {
  name: 'drift',
  run: async ({ folder, say }) => {
    const peers = await preparePeers(say);
    const place = (name: string) => join(folder, name);
    const pair = async (name: string, extension: string, rows: { reference: number; current: number }) => {
      say(`writing ${name}`);
      const files = [place(`${name}-reference.${extension}`), place(`${name}-current.${extension}`)] as const;
      await writeSyntheticRows(files[0], { from: 0, rows: rows.reference, shifted: false, target: false });
      await writeSyntheticRows(files[1], {
        from: 20_000_000,
        rows: rows.current,
        shifted: true,
        target: false,
      });
      return files;
    };
    const smallFiles = await pair('small', 'csv', small);
    const millionFiles = await pair('million', 'csv', { reference: million, current: million });
    const rows = [
      await row(peers, {
        what: `CSV, 30,000 against 9,600 rows × ${features.length}, with an HTML report`,
        ours: [...asEvidently(smallFiles), '--html', place('ours.html')],
        theirs: ['evidently_drift.py', ...smallFiles, place('theirs.html')],
        rounds: 7,
        required: { timesFaster: 20, memoryShareAtMost: 0.5 },
        sameVerdict: true,
      }),
      await row(peers, {
        what: `CSV, 30,000 against 9,600 rows × ${features.length}, every test`,
        ours: [...asEvidently(smallFiles), '--all-tests'],
        theirs: ['evidently_all_tests.py', ...smallFiles],
        rounds: 1,
        required: { timesFaster: 5 },
        sameVerdict: false,
      }),
      await row(peers, {
        what: `CSV, 1,000,000 against 1,000,000 rows × ${features.length}`,
        ours: asEvidently(millionFiles),
        theirs: ['evidently_drift.py', ...millionFiles],
        rounds: 3,
        required: { timesFaster: 12, memoryShareAtMost: 0.5 },
        sameVerdict: true,
      }),
      ...(await limits(millionFiles)),
    ];
    say('filling a store with a million predictions');
    const workspace = await fillStore(place('workspace'), ...millionFiles);
    rows.push(
      await row(peers, {
        what: 'window of 1,000,000 rows from the store against a cached reference; the peer from CSV',
        ours: ['-C', workspace, 'drift', '--last', '7d', '--convention', 'evidently', '--json'],
        theirs: ['evidently_drift.py', ...millionFiles],
        rounds: 2,
        required: { timesFaster: 15 },
        sameVerdict: false,
      }),
    );
    say('writing wide files');
    const wideFiles = [place('wide-reference.csv'), place('wide-current.csv')] as const;
    await writeWideRows(wideFiles[0], { ...wide, seed: 1 });
    await writeWideRows(wideFiles[1], { ...wide, seed: 2 });
    rows.push(
      await row(peers, {
        what: 'CSV, 10,000 against 10,000 rows × 2,000 features, once',
        ours: asEvidently(wideFiles),
        theirs: ['evidently_drift.py', ...wideFiles],
        required: { timesFaster: 20 },
        sameVerdict: true,
      }),
    );
    const largeFiles = await pair('large', 'parquet', { reference: 10 * million, current: 10 * million });
    rows.push(
      await row(peers, {
        what: `Parquet, 10,000,000 against 10,000,000 rows × ${features.length}, once`,
        ours: asEvidently(largeFiles),
        theirs: ['evidently_drift.py', ...largeFiles],
        required: { bytesAtMost: 1.5 * 2 ** 30 },
        sameVerdict: false,
      }),
    );
    return rows;
  },
};

function asEvidently([reference, current]: readonly [string, string]): readonly string[] {
  return [
    'drift',
    ...['--reference', reference, '--current', current, '--convention', 'evidently', '--json', '--quiet'],
  ];
}

async function row(
  peers: Peers,
  { what, ours, theirs, rounds, required, sameVerdict }: Comparison,
): Promise<Row> {
  const command: Command = { ...mlops(...ours), exitCodes: [0, 1, 2] };
  const label = `\`drift\`, ${what}`;
  if ('missing' in peers)
    return { what: label, ours: await alone({ command }, rounds ?? 1), beside: peers, required };
  const [script = '', ...parameters] = theirs;
  const rival: Command = { ...peer(peers.python, script, ...parameters), secondsAtMost: seconds };
  const name = await peerVersion(peers.python, 'Evidently', 'evidently');
  const measured =
    rounds === undefined
      ? await attempt({ command }, { command: rival })
      : await sideBySide({ command }, { command: rival }, rounds);
  if ('gaveUp' in measured)
    return { what: label, ours: measured.ours, beside: { missing: `${name}: ${measured.gaveUp}` }, required };
  if (sameVerdict) requireSameVerdict(measured);
  return { what: label, ours: measured.ours, beside: { name, measured }, required };
}

/** What a comparison of these files cannot be faster than: reading them, and sorting their columns. */
async function limits(files: readonly [string, string]): Promise<readonly Row[]> {
  const tables = [await readTable(files[0]), await readTable(files[1])];
  const timed = async (what: string, work: () => unknown): Promise<Row> => {
    const started = performance.now();
    await work();
    const milliseconds = performance.now() - started;
    return { what, ours: { milliseconds, peakBytes: undefined, stdout: '' }, beside: { missing: '' } };
  };
  return [
    await timed(
      'limit: DuckDB alone reads both files of 1,000,000 rows as numbers, two threads',
      async () => {
        for (const file of files) await readByDuckDb(file);
      },
    ),
    await timed('limit: `sort` of typed arrays alone on their columns', () => sortColumns(tables)),
  ];
}

/** A comparison of times is fair only where both did the same work. */
function requireSameVerdict({ ours, theirs }: SideBySide): void {
  const [mine, other] = [ours, theirs].map(({ stdout }) => Number(JSON.parse(stdout).features_drifted));
  if (mine !== other || mine === undefined)
    throw new Error(`mlops finds ${mine} drifted features, Evidently ${other}; they must agree`);
}
