/** A strict reader of Prometheus' text exposition format 0.0.4: it throws at whatever promtool would refuse or warn of. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sample =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*",?)*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/;

export function parseExposition(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const samples: Sample[] = [];
  const ended = new Set<string>();
  let current = { name: '', help: false, type: false };
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind !== undefined) {
      if (name !== current.name) {
        if (ended.has(name)) throw new Error(`the metric ${name} stands in two places`);
        ended.add(current.name);
        current = { name, help: false, type: false };
      }
      if (kind === 'TYPE' && !['gauge', 'counter', 'untyped'].includes(rest)) throw new Error(`type ${rest}`);
      if (kind === 'TYPE' ? current.type : current.help) throw new Error(`${kind} of ${name} twice`);
      current = kind === 'TYPE' ? { ...current, type: true } : { ...current, help: true };
      continue;
    }
    const match = sample.exec(line);
    if (match === null) throw new Error(`no sample: ${line}`);
    if (match[1] !== current.name || !current.help || !current.type)
      throw new Error(`a sample without HELP and TYPE before it: ${line}`);
    samples.push({ name: match[1], labels: labelsOf(match[2] ?? ''), value: Number(match[3]) });
  }
  const keys = samples.map((each) => JSON.stringify([each.name, each.labels]));
  if (new Set(keys).size !== keys.length) throw new Error('a sample stands there twice');
  return samples;
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [
      name,
      value.replace(/\\(.)/g, (_, each: string) => (each === 'n' ? '\n' : each)),
    ]),
  );
}
