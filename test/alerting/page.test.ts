// Holds the table of rules in runbook/alerts.md to the code. After a wanted change write it anew, and read the diff:
//   UPDATE_GOLDEN=1 npx vitest run test/alerting/page.test.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRules } from '../../src/loop/alerting/read-rules.ts';
import { rulesMarkdown } from '../../src/report/alert-rules-view.ts';
import { configurationDefinition } from '../../src/workspace/index.ts';

const path = join(import.meta.dirname, '..', '..', 'runbook', 'alerts.md');

test('the page of the runbook has every rule as the code has it', () => {
  const config = configurationDefinition.parse({ model: { name: 'm', schema: 's.json' } });
  const [before = '', after = ''] = readFileSync(path, 'utf8').split(/<!-- rules -->[\s\S]*<!-- \/rules -->/);
  const text = `${before}<!-- rules -->\n${rulesMarkdown(readRules(config))}\n<!-- /rules -->${after}`;
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
