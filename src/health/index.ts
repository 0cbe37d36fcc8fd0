import type { Workspace } from '../workspace/index.ts';
import type { Check } from './check.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { checkAudit } from './check-audit.ts';
import { checkBrier } from './check-brier.ts';
import { checkDisk } from './check-disk.ts';
import { checkF1 } from './check-f1.ts';
import { checkLabels } from './check-labels.ts';
import { checkModel } from './check-model.ts';
import { checkMonitoring } from './check-monitoring.ts';
import { checkPredictions } from './check-predictions.ts';
import { checkService } from './check-service.ts';
import { checkStore } from './check-store.ts';
import { checkVolume } from './check-volume.ts';

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
    checkArtifacts,
    ...config.services.map(checkService),
  ];
}
