import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Of two cores the default uses one; most of a test's time is that of the program it runs.
    maxWorkers: '100%',
  },
});
