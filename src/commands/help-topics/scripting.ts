import type { HelpTopic } from './index.ts';

export const scriptingTopic: HelpTopic = {
  name: 'scripting',
  description: 'output, JSON, questions and time in cron jobs and pipelines',
  text: async () => `SCRIPTING

Results go to standard output, progress and remarks to standard error, where --quiet silences them.

  --json         exactly one JSON document on standard output, also for a failure: {error, cause, try, exit_code}.
                 Its shape is published as JSON Schema in schemas/NAME.schema.json; keys are added, never renamed.
  --yes          answers yes to every question. Where standard input is no terminal nothing is asked.
  --as-of TIME   works as if it were then, so that any moment can be replayed.
  -C DIR         the workspace; else MLOPS_WORKSPACE, else this folder or the nearest above it.

Environment: MLOPS_WORKSPACE, MLOPS_USER (who, for the audit), MLOPS_CACHE (where libraries are unpacked),
MLOPS_ANONYMISE_KEY (export --anonymise), NO_COLOR.

Every command may be killed at any moment: the store holds what was before or what came after. What reads may run beside
what writes. Two monitors, or two heals, never run at once: the second ends with 75.

  $ mlops health --json | jq -r '.checks[] | select(.status != "OK") | "\\(.name): \\(.remedy)"'
  $ mlops monitor --json > run.json || echo "$(jq -r .status run.json)"
  $ mlops export all --to /backup/$(date +%F) --quiet`,
};
