import type { GateWhatIf } from '../../data/results/gate.ts';
import type { Clock } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { openStore } from '../../store/index.ts';
import {
  type Configuration,
  editConfiguration,
  parseConfiguration,
  readConfigurationText,
  type Workspace,
} from '../../workspace/index.ts';
import { configuredCriteria } from './configured-criteria.ts';
import { knownKey, settingFrom, settingOf } from './criterion-keys.ts';
import { type GateRequest, judgeNow } from './judge-challenger.ts';
import { judgeRows } from './judge-rows.ts';

/**
 * What the gate would say now if some of its criteria were others, beside what it says as it is configured; stores nothing.
 * @param settings such as `minimum_f1_improvement=0.03`
 * @throws UsageError for a key or a value that there is not; otherwise as `judgeNow`
 */
export async function whatIf(
  workspace: Workspace,
  request: Pick<GateRequest, 'challenger'>,
  settings: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<GateWhatIf> {
  const { config, changes } = changed(workspace, settings);
  using store = openStore(workspace.paths.store, { create: false });
  const asked = { ...request, gate: config.gate };
  const { basis, rows, judgement } = await judgeNow(workspace, store, asked, clock.now(), signal);
  const { gate, performance } = workspace.config;
  const configured = judgeRows({ ...basis, criteria: configuredCriteria(gate, performance) }, rows);
  return { ...judgement, ...basis.given, changes, as_configured: configured.decision };
}

function changed(
  { configurationPath: path }: Workspace,
  settings: readonly string[],
): { readonly config: Configuration; readonly changes: GateWhatIf['changes'] } {
  let text = readConfigurationText(path);
  const before = parseConfiguration(text, path);
  let config = before;
  const keys: string[] = [];
  for (const setting of settings) {
    const [name = '', value] = setting.split(/=(.*)/s);
    if (value === undefined || value === '') {
      throw new UsageError(`--what-if ${setting} sets nothing`, {
        remedy: 'write KEY=VALUE, such as --what-if minimum_f1_improvement=0.03',
      });
    }
    const { key, keys: place } = knownKey(name);
    const edit = editConfiguration(text, path, place, settingFrom(value));
    text = edit.text;
    config = edit.config;
    keys.push(key);
  }
  return {
    config,
    changes: keys.map((key) => ({ key, from: settingOf(before, key), to: settingOf(config, key) })),
  };
}
