import type { Benchmark } from './benchmark.ts';
import { drift } from './drift.bench.ts';
import { overview } from './overview.bench.ts';
import { rollback } from './rollback.bench.ts';
import { score } from './score.bench.ts';
import { startUp } from './start-up.bench.ts';
import { training } from './training.bench.ts';

/** Quick ones first: a new benchmark is one file and one line here. */
export const benchmarks: readonly Benchmark[] = [startUp, rollback, drift, training, score, overview];
