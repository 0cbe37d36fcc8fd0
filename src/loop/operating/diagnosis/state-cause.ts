import type { Cause, CauseName } from '../../../data/results/diagnosis.ts';
import { isCertificateFault } from '../../../health/services/service-finding.ts';
import { holderEvidence, quoted } from './port-cause.ts';
import type { DiagnosisSubject } from './subject.ts';

/** Lines of its log that are shown as evidence, the last that speak of an error. */
const shownLines = 3;
const troubled = /error|exception|traceback|fatal|critical|panic|killed|out of memory|refused|denied/i;

/** What the check itself and the port say of a service that is not well; undefined when it is. */
export function stateCause(subject: DiagnosisSubject): Cause | undefined {
  const { finding, service, port, log } = subject;
  if (finding.status === 'OK') return undefined;
  const cause = causeOf(subject);
  const said = log.filter((line) => troubled.test(line)).slice(-shownLines);
  return {
    cause,
    summary: summaries[cause] === undefined ? finding.summary : `${summaries[cause]}: ${finding.summary}`,
    evidence: [
      finding.summary,
      ...(port === undefined
        ? []
        : port.holders.length === 0
          ? [`nothing listens on port ${port.number} of this machine`]
          : holderEvidence(port)),
      ...(port?.expected === undefined ? [] : [port.expected.why]),
      ...said.map((line) => `its log says: ${line}`),
    ],
    remedy: remedyOf(cause, subject, quoted(service.name)),
  };
}

const summaries: Readonly<Partial<Record<CauseName, string>>> = {
  process_down: 'it does not run',
  slow: 'it answers too slowly',
  wrong_answer: 'it runs and answers wrongly',
  certificate: 'its certificate is not accepted',
  unreachable: 'it cannot be reached from here',
  overloaded: 'it uses more than its limits',
};

function causeOf({ service, finding, answer, port }: DiagnosisSubject): CauseName {
  if (finding.status === 'UNKNOWN') return 'unknown';
  if ('command' in service) return 'check_failed';
  if ('process' in service || 'container' in service) {
    if (finding.observed === null) return 'process_down';
    return finding.unit === 'problems' ? 'wrong_answer' : 'overloaded';
  }
  if (answer?.kind === 'answer') {
    const { observed, limits } = finding;
    const slow = observed !== null && observed > (limits?.warning ?? Number.POSITIVE_INFINITY);
    return answer.status < 400 && slow ? 'slow' : 'wrong_answer';
  }
  if (isCertificateFault(answer?.code)) return 'certificate';
  if (finding.observed !== null) return 'slow';
  if (port === undefined) return 'unreachable';
  if (port.holders.length === 0) return 'process_down';
  return answer?.code === undefined && 'url' in service ? 'slow' : 'wrong_answer';
}

function remedyOf(cause: CauseName, { service, finding }: DiagnosisSubject, name: string): string[] {
  const read = service.logs === undefined && !('container' in service) ? [] : [`mlops logs ${name}`];
  const restart =
    service.restart === undefined
      ? ['start it, and add its restart command to mlops.yaml']
      : [`mlops restart ${name}`];
  if (cause === 'certificate' || cause === 'unknown') return finding.remedy === null ? [] : [finding.remedy];
  if (cause === 'unreachable') return ['look on its own machine: mlops diagnose there', ...read, ...restart];
  if (cause === 'process_down') return [...restart, ...read];
  return [...read, ...restart, 'mlops bundle'];
}
