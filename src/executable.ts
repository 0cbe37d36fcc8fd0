// Entry of dist/mlops: runs the program, an asset, with the code that the build has compiled for it; `--version` needs neither.
import { getAsset, getRawAsset } from 'node:sea';
import { Script } from 'node:vm';
import { version } from './platform/version.ts';

if (process.argv[2] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  // V8 leaves compiled code alone that is not from it or not of this text, and compiles anew.
  const program = new Script(getAsset('program.js', 'utf8'), {
    filename: 'mlops',
    cachedData: new Uint8Array(getRawAsset('program.compiled')),
  });
  program.runInThisContext()(require);
}
