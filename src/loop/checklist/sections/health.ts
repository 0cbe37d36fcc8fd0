import { examineHealth } from '../../../health/examine-health.ts';
import type { Section } from '../section.ts';

export const healthSection: Section = {
  name: 'health',
  title: 'Service health',
  lists: ['morning'],
  needs: 'files',
  examine: async ({ workspace, clock, signal }) => {
    const { status, checks } = await examineHealth(workspace, clock, { network: true, signal });
    const faults = checks.filter((each) => each.status !== 'OK');
    return {
      status,
      lines: [
        `${checks.length - faults.length} of ${checks.length} checks OK`,
        ...faults.map((each) => `${each.status} ${each.name}: ${each.summary}`),
      ],
      remedy: faults.find((each) => each.remedy !== null)?.remedy ?? null,
    };
  },
};
