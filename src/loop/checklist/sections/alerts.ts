import { lengthInWords } from '../../../health/in-words.ts';
import { worstVerdict } from '../../../platform/exit-codes.ts';
import { openAlerts } from '../../../store/index.ts';
import { nothingHere, type Section } from '../section.ts';

const mostAlerts = 10;

export const alertsSection: Section = {
  name: 'alerts',
  title: 'Open alerts',
  lists: ['morning', 'monday', 'wednesday', 'friday'],
  needs: 'store',
  examine: ({ now }, store) => {
    const open = openAlerts(store).filter((each) => each.opened_at <= now);
    if (open.length === 0) return nothingHere('none');
    return {
      status: worstVerdict(open.map((each) => each.severity)),
      lines: [
        ...open
          .slice(0, mostAlerts)
          .map(
            ({ name, severity, summary, contact, opened_at }) =>
              `${severity} ${name}, open for ${lengthInWords(now - opened_at)}: ${summary} (${contact})`,
          ),
        ...(open.length > mostAlerts ? [`and ${open.length - mostAlerts} more`] : []),
      ],
      remedy: 'mlops alerts',
    };
  },
};
