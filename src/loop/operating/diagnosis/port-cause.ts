import type { Cause } from '../../../data/results/diagnosis.ts';
import type { PortHolder } from '../../../health/machine/listeners.ts';
import type { DiagnosisSubject, Port } from './subject.ts';

const inUse = /EADDRINUSE|address already in use|port is already allocated|address in use/i;

/**
 * Another process holds the service's port. By `listener` this is certain; without it, it is concluded of a service that is not
 * well when its log says that the port is in use, when what answers speaks no HTTP, or when no word of its name and its restart
 * command stands in the command line of the holder.
 */
export function portCause({ service, finding, answer, port, log }: DiagnosisSubject): Cause | undefined {
  if (port === undefined || port.holders.length === 0) return undefined;
  const { holders, expected } = port;
  const complaint = log.findLast((line) => inUse.test(line));
  if (expected !== undefined) {
    const own = holders.some(({ pid }) => pid !== null && expected.pids.includes(pid));
    if (own) return undefined;
  } else {
    if (finding.status === 'OK') return undefined;
    const foreign =
      holders.every((holder) => isForeign(holder, [service.name, service.restart ?? ''])) &&
      service.restart !== undefined;
    const speaksNoHttp = answer?.kind === 'silence' && answer.code?.startsWith('HPE_') === true;
    if (!foreign && !speaksNoHttp && complaint === undefined) return undefined;
  }
  const pids = holders.map((each) => each.pid).filter((pid) => pid !== null);
  return {
    cause: 'port_taken',
    summary: `port ${port.number} is held by another process: ${holders.map(holderInWords).join('; ')}`,
    evidence: [
      ...holderEvidence(port),
      ...(expected === undefined ? [] : [expected.why]),
      finding.summary,
      ...(complaint === undefined ? [] : [`its log says: ${complaint}`]),
    ],
    remedy: [
      ...(pids.length === 0
        ? [`see who holds it, as root: ss -ltnp 'sport = :${port.number}'`]
        : [`end it, if it should not be there: kill ${pids.join(' ')}`]),
      ...(service.restart === undefined ? [] : [`mlops restart ${quoted(service.name)}`]),
    ],
  };
}

export function holderEvidence({ number, holders }: Port): readonly string[] {
  return holders.map((each) => `port ${number} is held by ${holderInWords(each)}`);
}

function holderInWords({ pid, command }: PortHolder): string {
  return pid === null ? "a process of another user's, which hides its name" : `pid ${pid} (${command})`;
}

/** Words that say how something is run, not what. */
const generic = new Set(
  (
    'docker podman compose restart start stop systemctl service sudo nohup exec env bash python python3 node java run ' +
    'kill pkill the and dev null usr bin opt srv var tmp home root log logs sleep echo cat true false setsid cd'
  ).split(' '),
);
/** Programs that hold a container's port for it. */
const proxies = /docker-proxy|rootlessport|conmon|slirp4netns|pasta/;

function isForeign({ command }: PortHolder, texts: readonly string[]): boolean {
  if (proxies.test(command)) return !texts.some((text) => /docker|podman|compose/.test(text));
  if (command === '') return false;
  const words = texts
    .flatMap((text) => text.toLowerCase().split(/[^a-z0-9_.]+/))
    .filter((word) => word.length >= 3 && !/^[\d.]+$/.test(word) && !generic.has(word));
  const holder = command.toLowerCase();
  return words.length > 0 && !words.some((word) => holder.includes(word));
}

/** As a word of a shell's command line. */
export function quoted(name: string): string {
  return /^[\w.:-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
