import { toIso } from '../platform/clock.ts';
import { listVersions } from '../registry/index.ts';
import { openStore, productionAt } from '../store/index.ts';
import { openWorkspace } from '../workspace/index.ts';

/** Every version with its stage, oldest first. */
export async function readRegistry(folder: string) {
  return withStore(folder, (store) =>
    listVersions(store).map((each) => ({
      version: each.version.toString(),
      stage: each.stage,
      sha256: each.sha256,
      bytes: each.bytes,
      threshold: each.threshold,
      features: each.features,
      created_at: toIso(each.createdAt),
    })),
  );
}

/** The version that was Production at that time (epoch milliseconds), or null. */
export async function productionThen(folder: string, time: number): Promise<string | null> {
  return withStore(folder, (store) => productionAt(store, time)?.toString() ?? null);
}

function withStore<T>(folder: string, read: (store: ReturnType<typeof openStore>) => T): T {
  const store = openStore(openWorkspace(folder).paths.store, { create: false });
  try {
    return read(store);
  } finally {
    store.close();
  }
}
