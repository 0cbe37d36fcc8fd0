import { version } from './platform/version.ts';

const commandLine = process.argv.slice(2);

if (commandLine[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  void import('./commands/run.ts').then(({ run }) => run(commandLine));
}
