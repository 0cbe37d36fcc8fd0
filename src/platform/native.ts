import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getAsset, getRawAsset } from 'node:sea';
import { InternalError } from './errors.ts';
import { unpackNative } from './native-cache.ts';
import type { NativeLibrary, NativeManifest } from './native-libraries.ts';

const manifestKey = 'native/manifest.json';
const loaded = new Map<NativeLibrary, unknown>();

/**
 * The native addon of that name, unpacked from this executable and loaded once. The bundler puts calls of this in place
 * of the packages' own look-up of their addons; outside the executable the packages find them in node_modules.
 */
export function loadNative(library: NativeLibrary): unknown {
  if (loaded.has(library)) return loaded.get(library);
  const manifest: NativeManifest = JSON.parse(getAsset(manifestKey, 'utf8'));
  const asset = (key: string) => new Uint8Array(getRawAsset(key));
  const folder = unpackNative(library, { manifest, asset }, process.env, (line) =>
    process.stderr.write(`mlops: ${line}\n`),
  );
  const addon = manifest[library][0];
  if (addon === undefined) throw new InternalError(`no addon is packed for ${library}`);
  const exports: unknown = createRequire(process.execPath)(join(folder, addon.name));
  loaded.set(library, exports);
  return exports;
}
