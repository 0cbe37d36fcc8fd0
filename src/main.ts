import { run } from './commands/run.ts';

void run(process.argv.slice(2));
