import { examineHealth } from '../../../health/examine-health.ts';
import { worstVerdict } from '../../../platform/exit-codes.ts';
import type { Section } from '../section.ts';

export const diskSection: Section = {
  name: 'disk',
  title: 'Disk and artifacts',
  lists: ['friday'],
  needs: 'files',
  examine: async ({ workspace, clock, signal }) => {
    const { checks } = await examineHealth(workspace, clock, { network: false, signal });
    const about = checks.filter(({ name }) => name === 'artifacts' || /^disk(?::|$)/.test(name));
    return {
      status: worstVerdict(about.map((each) => each.status)),
      lines: about.map((each) => `${each.status} ${each.name}: ${each.summary}`),
      remedy: about.find((each) => each.remedy !== null)?.remedy ?? null,
    };
  },
};
