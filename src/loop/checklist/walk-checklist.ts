import type { Checklist, ChecklistName } from '../../data/results/checklist.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import { worstVerdict } from '../../platform/exit-codes.ts';
import { openForReading, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { sections } from './index.ts';
import type { ChecklistSubject, Section, SectionFinding } from './section.ts';

/** Walks one checklist of the runbook. A section that cannot be made says so, and does not stop the others. */
export async function walkChecklist(
  workspace: Workspace,
  checklist: ChecklistName,
  clock: Clock,
  signal: AbortSignal,
): Promise<Checklist> {
  const subject = { workspace, clock, now: clock.now(), signal };
  const opened = open(workspace.paths.store);
  using _closing = opened instanceof MlopsError ? undefined : opened;
  const found: Checklist['sections'] = [];
  for (const section of sections.filter((each) => each.lists.includes(checklist))) {
    signal.throwIfAborted();
    const { name, title } = section;
    found.push({ name, title, ...(await findingOf(section, subject, opened)) });
  }
  return {
    checklist,
    status: worstVerdict(found.map((each) => each.status)),
    generated_at: toIso(subject.now),
    sections: found,
  };
}

function open(path: string): Store | MlopsError {
  try {
    return openForReading(path);
  } catch (error) {
    if (error instanceof MlopsError) return error;
    throw error;
  }
}

async function findingOf(
  section: Section,
  subject: ChecklistSubject,
  opened: Store | MlopsError,
): Promise<SectionFinding> {
  try {
    if (section.needs === 'files') return await section.examine(subject);
    return opened instanceof MlopsError
      ? unknown(opened)
      : opened.read(() => section.examine(subject, opened));
  } catch (error) {
    if (error instanceof MlopsError && !subject.signal.aborted) return unknown(error);
    throw error;
  }
}

function unknown(error: MlopsError): SectionFinding {
  return { status: 'UNKNOWN', lines: [messageWithCause(error)], remedy: error.remedy ?? null };
}
