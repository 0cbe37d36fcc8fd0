import { uptime } from 'node:os';
import { hourMs } from '../platform/durations.ts';
import type { Check } from './check.ts';
import { lengthInWords } from './in-words.ts';

/** How long the machine is up; a short time explains what else is found. */
export const checkUptime: Check = {
  name: 'uptime',
  contact: 'infrastructure',
  needs: 'files',
  examine: () => {
    const milliseconds = uptime() * 1000;
    return {
      status: 'OK',
      summary: `the machine started ${lengthInWords(milliseconds)} ago`,
      observed: milliseconds / hourMs,
      threshold: null,
      unit: 'hours',
      remedy: null,
    };
  },
};
