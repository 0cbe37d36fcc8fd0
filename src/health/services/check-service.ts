import type { ServiceConfiguration } from '../../workspace/index.ts';
import type { Check, Finding } from '../check.ts';
import { examineCommand } from './check-command.ts';
import { examineContainer } from './check-container.ts';
import { examineProcess } from './check-process.ts';
import { examineTcp } from './check-tcp.ts';
import { examineUrl } from './check-url.ts';

/** Milliseconds for a service, whatever its own time limit: all are asked at once, so that health ends by then. */
const longestMs = 10_000;

/** One service of mlops.yaml is well, by whatever kind of check it has. */
export function checkService(service: ServiceConfiguration): Check {
  return {
    name: `service:${service.name}`,
    contact: service.contact,
    needs: 'network',
    examine: ({ workspace, signal }) => examineService(service, workspace.root, signal),
  };
}

/** Told by its key, as in mlops.yaml: a new kind is one file and one line here. @param root folder that commands run in */
export async function examineService(
  service: ServiceConfiguration,
  root: string,
  signal: AbortSignal,
): Promise<Finding> {
  const timeout_ms = Math.min(service.timeout_ms, longestMs);
  if ('url' in service) return examineUrl({ ...service, timeout_ms }, signal);
  if ('tcp' in service) return examineTcp({ ...service, timeout_ms }, signal);
  if ('command' in service) return examineCommand({ ...service, timeout_ms }, root, signal);
  if ('process' in service) return examineProcess(service, root, signal);
  return examineContainer({ ...service, timeout_ms }, root, signal);
}
