import type { ProcessService } from '../../workspace/index.ts';
import { type Finding, unmeasured } from '../check.ts';
import { findProcess } from '../machine/find-process.ts';
import { measureUse } from '../machine/process-use.ts';
import { judgeUse } from './judge-use.ts';
import { repair } from './service-finding.ts';

/** It runs, and uses no more than its limits; several processes of one name are counted together. */
export async function examineProcess(
  service: ProcessService,
  root: string,
  signal: AbortSignal,
): Promise<Finding> {
  const found = findProcess(service.process, root);
  if (found.kind === 'gone') return gone(service, found.why);
  const [first, ...more] = found.pids;
  const running = more.length === 0 ? `process ${first} runs` : `${found.pids.length} processes run`;
  const use = await measureUse(found.pids, signal);
  return use === undefined
    ? gone(service, `process ${first} has just ended`)
    : judgeUse(service, running, use);
}

function gone(service: ProcessService, why: string): Finding {
  return { ...unmeasured, status: 'CRITICAL', summary: why, remedy: repair(service) };
}
