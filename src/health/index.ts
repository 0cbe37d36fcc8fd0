import type { Workspace } from '../workspace/index.ts';
import type { Check } from './check.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { checkAudit } from './check-audit.ts';
import { checkBrier } from './check-brier.ts';
import { checkDisk, checkFolderDisk } from './check-disk.ts';
import { checkF1 } from './check-f1.ts';
import { checkLabels } from './check-labels.ts';
import { checkLoad } from './check-load.ts';
import { checkMemory } from './check-memory.ts';
import { checkModel } from './check-model.ts';
import { checkMonitoring } from './check-monitoring.ts';
import { checkPredictions } from './check-predictions.ts';
import { checkStore } from './check-store.ts';
import { checkUptime } from './check-uptime.ts';
import { checkVolume } from './check-volume.ts';
import { checkService } from './services/check-service.ts';

/** Every health check, in the order of the answer: a new check is one file and one line here. */
export function healthChecks({ config }: Workspace): readonly Check[] {
  return [
    checkStore,
    checkAudit,
    checkModel,
    checkMonitoring,
    checkPredictions,
    checkVolume,
    checkLabels,
    checkBrier,
    checkF1,
    checkDisk,
    ...config.disk.folders.map(checkFolderDisk),
    checkArtifacts,
    checkLoad,
    checkMemory,
    checkUptime,
    ...config.services.map(checkService),
  ];
}
