import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { counted, sizeInWords } from './in-words.ts';

const gigabyte = 1e9;

/** Artifacts together stay below the size at which the runbook cleans up. */
export const checkArtifacts: Check = {
  name: 'artifacts',
  contact: 'infrastructure',
  needs: 'files',
  examine: ({ workspace: { paths, config } }) => {
    const names = existsSync(paths.artifacts) ? readdirSync(paths.artifacts) : [];
    const sizes = names.map((name) => statSync(join(paths.artifacts, name), { throwIfNoEntry: false })?.size);
    const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    const threshold = config.retention.artifacts_gigabytes * gigabyte;
    const large = bytes > threshold;
    return {
      status: large ? 'WARNING' : 'OK',
      summary: `${counted(names.length, 'file')}, ${sizeInWords(bytes)} of ${sizeInWords(threshold)}`,
      observed: bytes,
      threshold,
      limits: { alarms: 'above', warning: threshold, critical: null },
      unit: 'bytes',
      remedy: large ? 'see which no version needs, and remove those: mlops clean --what artifacts' : null,
    };
  },
};
