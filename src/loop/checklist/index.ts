import type { Section } from './section.ts';
import { alertsSection } from './sections/alerts.ts';
import { backupsSection } from './sections/backups.ts';
import { challengerSection } from './sections/challenger.ts';
import { diskSection } from './sections/disk.ts';
import { driftFindingsSection } from './sections/drift-findings.ts';
import { driftReportsSection } from './sections/drift-reports.ts';
import { healthSection } from './sections/health.ts';
import { nightSection } from './sections/night.ts';
import { productionSection } from './sections/production.ts';
import { registrySection } from './sections/registry.ts';
import { volumeSection } from './sections/volume.ts';

/** Every section, in the order of the screen: a new one is one file and one line here. */
export const sections: readonly Section[] = [
  healthSection,
  nightSection,
  volumeSection,
  registrySection,
  driftReportsSection,
  driftFindingsSection,
  productionSection,
  challengerSection,
  diskSection,
  backupsSection,
  alertsSection,
];
