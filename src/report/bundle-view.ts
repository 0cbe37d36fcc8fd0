import type { BundleResult } from '../data/results/bundle.ts';
import { grouped } from './figures.ts';

export function bundleView({ path, bytes, sha256, files, omitted }: BundleResult): string {
  return [
    `${path}: ${files.length} files, ${grouped(bytes)} bytes, sha256 ${sha256}`,
    ...files.map((each) => `  ${each.name}, ${grouped(each.bytes)} bytes`),
    ...omitted.map((each) => `  without ${each.name}: ${each.why}`),
  ].join('\n');
}
