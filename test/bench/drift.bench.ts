import { join } from 'node:path';
import { type Benchmark, mlops, type Row } from './benchmark.ts';
import { peer, peerVersion, preparePeers } from './peers.ts';
import { alone, sideBySide } from './side-by-side.ts';
import { features, writeSyntheticRows } from './synthetic-rows.ts';

const rounds = 7;
const reference = { from: 0, rows: 30_000, shifted: false, target: false };
const current = { from: 1_000_000, rows: 9_600, shifted: true, target: false };

/** The same default tests on the same two files, types inferred by the same rule, with and without a report. */
export const drift: Benchmark = {
  name: 'drift',
  run: async ({ folder, say }) => {
    const peers = await preparePeers(say);
    const files = [join(folder, 'reference.csv'), join(folder, 'current.csv')] as const;
    await writeSyntheticRows(files[0], reference);
    await writeSyntheticRows(files[1], current);
    const compare = async (report: 'with' | 'without'): Promise<Row> => {
      const size = `${reference.rows.toLocaleString('en')} against ${current.rows.toLocaleString('en')} rows`;
      const what = `\`drift\`, CSV, ${size} × ${features.length}, ${report} an HTML report`;
      const html = report === 'with' ? join(folder, 'report.html') : undefined;
      const command = {
        ...mlops(
          'drift',
          ...['--reference', files[0], '--current', files[1], '--types', 'evidently', '--json'],
          ...(html === undefined ? [] : ['--html', html]),
        ),
        exitCodes: [0, 1, 2],
      };
      if ('missing' in peers) return { what, ours: await alone({ command }, rounds), beside: peers };
      const theirs = peer(
        peers.python,
        'evidently_drift.py',
        ...files,
        ...(html === undefined ? [] : [html]),
      );
      const measured = await sideBySide({ command }, { command: theirs }, rounds);
      requireSameVerdict(measured.ours.stdout, measured.theirs.stdout);
      const name = await peerVersion(peers.python, 'Evidently', 'evidently');
      return { what, ours: measured.ours, beside: { name, measured }, required: { timesFaster: 10 } };
    };
    return [await compare('without'), await compare('with')];
  },
};

/** A comparison of times is fair only where both did the same work. */
function requireSameVerdict(ours: string, theirs: string): void {
  const [mine, other] = [ours, theirs].map((text) => Number(JSON.parse(text).features_drifted));
  if (mine !== other || mine === undefined || mine === 0) {
    throw new Error(`mlops finds ${mine} drifted features, Evidently ${other}; they must agree on some`);
  }
}
