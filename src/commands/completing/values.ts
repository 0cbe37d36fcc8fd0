import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from './candidates.ts';

type Values = (folder: string) => Promise<readonly Candidate[]>;

const plain = (values: Iterable<string>): readonly Candidate[] =>
  [...values].map((value) => ({ value, description: '' }));

/** What an argument or an option's value is called → the values it may have in a workspace. */
const valuesByName: Readonly<Record<string, Values>> = {
  version: async (folder) => [
    { value: 'champion', description: 'the version in Production' },
    { value: 'challenger', description: 'the newest in Staging' },
    ...(await known(folder)).versions.map(({ version, stage }) => ({
      value: String(version),
      description: stage,
    })),
  ],
  names: async (folder) => plain((await known(folder)).features),
  columns: async (folder) => [
    ...plain(['prediction_id', 'label_source']),
    ...plain((await known(folder)).features),
  ],
  decision: async (folder) => plain((await known(folder)).decisions.map(String)),
  key: async () => plain((await import('../../workspace/index.ts')).gateKeys.keys()),
  page: pages,
  words: async () =>
    (await import('../help-topics/index.ts')).helpTopics.map(({ name, description }) => ({
      value: name,
      description,
    })),
  subject: async () => (await import('../../loop/explaining/rules.ts')).ruleNames(),
};

/** Values for the name in that folder's workspace; none for a name that is not known. */
export async function valuesFor(name: string, folder: string): Promise<readonly Candidate[]> {
  return (await valuesByName[name]?.(folder)) ?? [];
}

async function known(folder: string) {
  const { openWorkspace } = await import('../../workspace/index.ts');
  const { namesInStore } = await import('../../store/names-in-store.ts');
  return namesInStore(openWorkspace(folder).paths.store);
}

/** The team's own pages; the program's come from the list of the runbook. */
async function pages(folder: string): Promise<readonly Candidate[]> {
  const { findWorkspace } = await import('../../workspace/index.ts');
  const files = readdirSync(join(findWorkspace(folder), 'runbook'));
  return plain(files.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -'.md'.length)));
}
