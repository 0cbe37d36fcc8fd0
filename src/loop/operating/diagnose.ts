import type { Cause, CauseName, Diagnosis } from '../../data/results/diagnosis.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Workspace } from '../../workspace/index.ts';
import { requireService } from '../logs/log-origin.ts';
import { modelCause, unregisteredCause } from './diagnosis/model-cause.ts';
import { holderEvidence, portCause } from './diagnosis/port-cause.ts';
import { stateCause } from './diagnosis/state-cause.ts';
import { type DiagnosisSubject, examineSubject } from './diagnosis/subject.ts';

type CauseFinder = (subject: DiagnosisSubject) => Cause | undefined | Promise<Cause | undefined>;

/** Every cause that is looked for, the one that explains most first: a new one is one file and one line here. */
const causeFinders: readonly CauseFinder[] = [modelCause, portCause, stateCause, unregisteredCause];

/**
 * Says why a service is not well, with what speaks for it and what to do.
 * @throws NoInputError when mlops.yaml has no such service
 */
export async function diagnose(
  workspace: Workspace,
  name: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const service = requireService(workspace.config.services, name);
  const subject = await examineSubject(workspace, service, clock, signal);
  const found: Cause[] = [];
  for (const find of causeFinders) {
    const cause = await find(subject);
    if (cause === undefined) continue;
    found.push(cause);
    // How it answers says nothing more: it is not the service that answers.
    if (cause.cause === 'port_taken') break;
  }
  const [main = healthy(subject), ...further] = found;
  return {
    service: service.name,
    status: statusOf(main, subject),
    ...main,
    further,
    contact: workspace.config.contacts[service.contact],
  };
}

/** Causes by which it is only as bad as its check says; all others mean that it does not do its work. */
const asChecked: readonly CauseName[] = ['slow', 'wrong_answer', 'overloaded', 'check_failed', 'unknown'];

function statusOf({ cause }: Cause, { finding }: DiagnosisSubject): Diagnosis['status'] {
  if (cause === 'healthy') return 'OK';
  return asChecked.includes(cause) ? finding.status : 'CRITICAL';
}

function healthy({ service, finding, port }: DiagnosisSubject): Cause {
  return {
    cause: 'healthy',
    summary: `${service.name} is well`,
    evidence: [finding.summary, ...(port === undefined ? [] : holderEvidence(port))],
    remedy: [],
  };
}
