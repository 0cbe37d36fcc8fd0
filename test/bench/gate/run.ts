// npm run bench gate: how often the gate promotes a challenger that is no better, and how often one that is, by each rule alone
// and by all seven criteria of the production preset, in this process.
import { cpus } from 'node:os';
import { confusionCounts, f1Score } from '../../../src/data/classification-metrics.ts';
import { randomFrom } from '../../../src/training/random.ts';
import { drawn, type Learner, learn, readPopulation, shuffled } from './learners.ts';
import { type Asked, exchanged, firstOf, look, onRows, trial } from './trial.ts';

const sizes = [200, 500, 2_000, 5_000] as const;
/** A smaller number gives a quicker look: MLOPS_BENCH_TRIALS. */
const trials = Number(process.env.MLOPS_BENCH_TRIALS ?? 1_000);
const nights = 30;
const pool = 16;
const seed = 42;
const random = randomFrom(seed);
const population = await readPopulation(random);
const { learning, judging } = population;

const all = shuffled(learning.labels.length, random);
const resampled = await learners((turn) => [drawn(learning.labels.length, all.length, random), turn]);
const reseeded = await learners((turn) => [all, turn]);
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ` +
    `${population.name}: models of half of the rows, judged on rows drawn from the other, seed ${seed}\n`,
);

console.log(
  `| promoted of ${trials} challengers that are no better | rows | F1 and Brier figures (0.4.0) | BCa of F1 alone | evidence alone | all seven |\n|---|---|---|---|---|---|`,
);
const same = (asked: Asked) => asked;
const nulls = [
  ['the same learner, another seed', reseeded, same],
  ['the same learner, another resample', resampled, same],
  ['answers exchanged row by row', resampled, (asked: Asked) => exchanged(asked, random)],
] as const;
for (const [what, from, change] of nulls)
  for (const rows of sizes) {
    const draw = () => {
      const chosen = someOf(rows);
      return { asked: change(onRows(population, ...pairOf(from), chosen)), rows: chosen };
    };
    console.log(`| ${what} | ${rows} | ${sharesOf(draw, trials).join(' | ')} |`);
  }

console.log(
  `\n| promoted within ${nights} nights, 200 to 5,000 rows, of ${trials} champions whose challengers are no better | without evidence | with it |\n|---|---|---|`,
);
const everyNight = [
  ['one challenger, answers exchanged row by row', (asked: Asked) => exchanged(asked, random), false],
  ['one challenger, another seed', same, false],
  ['a new challenger every night', same, true],
] as const;
for (const [what, change, renewed] of everyNight) {
  const found = { figures: 0, promoted: 0 };
  for (let turn = 0; turn < trials; turn++) {
    const rows = someOf(5_000);
    const [champion, first] = pairOf(renewed ? resampled : reseeded);
    const others = resampled.filter((each) => each !== champion);
    const fixed = change(onRows(population, champion, first, rows));
    const seen = { figures: false, promoted: false };
    for (let night = 1; night <= nights; night++) {
      const until = Math.round(200 + ((night - 1) * 4_800) / (nights - 1));
      const asked = renewed
        ? onRows(population, champion, one(others), rows.subarray(0, until))
        : firstOf(fixed, until);
      const { figures, evidence } = look(asked, renewed ? night : 1);
      seen.figures ||= figures;
      seen.promoted ||= figures && evidence;
    }
    found.figures += Number(seen.figures);
    found.promoted += Number(seen.promoted);
  }
  console.log(`| ${what} | ${percent(found.figures, trials)} | ${percent(found.promoted, trials)} |`);
}

console.log(
  '\n| promoted of challengers that are truly better, F1 by | pairs | rows | F1 and Brier figures | BCa of F1 alone | evidence alone | all seven |\n|---|---|---|---|---|---|---|',
);
const better = await betterPairs();
for (const [from, to] of [
  [0.03, 0.05],
  [0.05, 0.08],
  [0.08, 0.12],
  [0.12, 0.2],
  [0.2, 10],
  [0.05, 10],
] as const) {
  const within = better.filter(({ gain }) => gain >= from && gain < to);
  const what = to > 1 ? `${100 * from} % or more` : `${100 * from} to ${100 * to} %`;
  for (const rows of within.length === 0 ? [] : sizes) {
    let turn = 0;
    const draw = () => {
      const pair = within[turn++ % within.length]?.pair ?? pairOf(resampled);
      const chosen = drawn(judging.labels.length, rows, random);
      return { asked: onRows(population, ...pair, chosen), rows: chosen };
    };
    console.log(
      `| ${what} | ${within.length} | ${rows} | ${sharesOf(draw, Math.ceil(trials / 5)).join(' | ')} |`,
    );
  }
}

async function learners(what: (turn: number) => readonly [Uint32Array, number]): Promise<readonly Learner[]> {
  const found: Learner[] = [];
  for (let turn = 0; turn < pool; turn++) found.push(await learn(population, ...what(turn)));
  return found;
}

/** A champion that learned from fewer rows than its challenger, as before a retraining. */
async function betterPairs() {
  const found: { readonly pair: readonly [Learner, Learner]; readonly gain: number }[] = [];
  for (const share of [0.08, 0.12, 0.2, 0.3, 0.4, 0.5])
    for (let turn = 0; turn < 8; turn++) {
      const few = shuffled(all.length, random).subarray(0, Math.round(share * all.length));
      const pair = [await learn(population, few, turn), one(reseeded)] as const;
      found.push({ pair, gain: f1Of(pair[1]) / f1Of(pair[0]) - 1 });
    }
  return found;
}

function f1Of({ probabilities, threshold }: Learner): number {
  return f1Score(confusionCounts(probabilities, judging.labels, threshold));
}

function one(from: readonly Learner[]): Learner {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('no model was trained');
  return chosen;
}

/** Two models that were not told apart before: who is the champion is chance, so that neither is better. */
function pairOf(from: readonly Learner[]): readonly [Learner, Learner] {
  const first = one(from);
  return [first, one(from.filter((each) => each !== first))];
}

/** Rows of the judging half, each at most once: a sample of the population that this half is one of, too. */
function someOf(rows: number): Uint32Array {
  return shuffled(judging.labels.length, random).subarray(0, rows);
}

function sharesOf(
  draw: () => { readonly asked: Asked; readonly rows: Uint32Array },
  times: number,
): readonly string[] {
  const found = { figures: 0, bootstrap: 0, evidence: 0, promoted: 0 };
  // The bootstrap is slow and stands beside the criteria only: a fifth of the trials tell enough of it.
  const withBootstrap = Math.ceil(times / 5);
  for (let turn = 0; turn < times; turn++) {
    const { asked, rows } = draw();
    const result = trial(population, asked, rows, turn < withBootstrap ? 1_000 : 0);
    found.figures += Number(result.figures);
    found.bootstrap += Number(result.bootstrap);
    found.evidence += Number(result.evidence);
    found.promoted += Number(result.promoted);
  }
  return [
    percent(found.figures, times),
    percent(found.bootstrap, withBootstrap),
    percent(found.evidence, times),
    percent(found.promoted, times),
  ];
}

function percent(hits: number, of: number): string {
  return `${((100 * hits) / of).toFixed(1)} %`;
}
