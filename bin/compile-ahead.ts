// compile-ahead.ts PROGRAM ASSETS COMMANDS [COMPILED]: runs the program once a command line, in this process, and writes the
// code that V8 has compiled by then, so that the executable starts with what such commands call. Both lists are JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

const [path = '', assetsJson = '', commandsJson = '', compiled] = process.argv.slice(2);
const assets: Readonly<Record<string, string>> = JSON.parse(assetsJson);
const commands: string[][] = JSON.parse(commandsJson);
const load = createRequire(import.meta.url);

/** Outside the executable its assets are files. */
const assetFiles = {
  getAsset: (key: string) => readFileSync(assets[key] ?? key, 'utf8'),
  getRawAsset: (key: string) => readFileSync(assets[key] ?? key),
};
const requireBuiltin = (name: string) => (name === 'node:sea' ? assetFiles : load(name));
const program = new Script(readFileSync(path, 'utf8'), { filename: 'mlops' });

// The program ends its process after each command line; here the next one follows.
Object.defineProperty(process, 'exit', { value: () => setImmediate(runNext) });
runNext();

function runNext(): void {
  if (process.exitCode !== undefined && process.exitCode !== 0) throw new Error('the last command failed');
  const commandLine = commands.shift();
  if (commandLine !== undefined) {
    process.argv = [process.execPath, process.execPath, ...commandLine];
    program.runInThisContext()(requireBuiltin);
  } else if (compiled !== undefined) writeFileSync(compiled, program.createCachedData());
}
