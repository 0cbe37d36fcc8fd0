import type { Command } from 'commander';
import { UsageError } from '../platform/errors.ts';
import { exitCodes, verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { parseAlertNumber } from './option-values.ts';

type Open = (command: Command) => Session;

export const registerAlerts: Register = (program, open) => {
  const alerts = program
    .command('alerts')
    .description('Open alerts, and what nobody has been told of yet.')
    .option('--all', 'the history too, newest first')
    .addHelpText('after', listExamples)
    .action(async (options: { readonly all?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readAlerts } = await import('../loop/alerting/read-alerts.ts');
      const { alertsView } = await import('../report/alerts-view.ts');
      const result = readAlerts(openWorkspace(session.folder), options.all === true, session.clock);
      session.result(result, () => alertsView(result));
      session.exit(verdictExitCode(result.status));
    });
  registerShow(alerts, open);
  registerAck(alerts, open);
  registerSilence(alerts, open);
  registerEvaluate(alerts, open);
  registerDeliver(alerts, open);
  registerTest(alerts, open);
  registerRules(alerts, open);
};

function registerShow(alerts: Command, open: Open): void {
  alerts
    .command('show <number>')
    .description('One alert: the figures, the rule, what to do, who was told when.')
    .addHelpText('after', showExamples)
    .action(async (number: string, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readAlert } = await import('../loop/alerting/read-alerts.ts');
      const { alertDetailView } = await import('../report/alerts-view.ts');
      const result = readAlert(openWorkspace(session.folder), parseAlertNumber(number), session.clock);
      session.result(result, () => alertDetailView(result));
    });
}

function registerAck(alerts: Command, open: Open): void {
  alerts
    .command('ack <number>')
    .description('Say that you have it: it is not repeated unless it gets worse; an escalation ends.')
    .option('--reason <text>', 'what you know or do')
    .addHelpText('after', ackExamples)
    .action(async (number: string, options: { readonly reason?: string }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { acknowledgeAlert } = await import('../loop/alerting/answer-alert.ts');
      const by = { who: actor(), reason: options.reason ?? null };
      const result = await acknowledgeAlert(
        openWorkspace(session.folder),
        parseAlertNumber(number),
        by,
        session.clock,
        session.signal,
        session.say,
      );
      session.result(result, () => `alert ${result.id}, ${result.name}, is acknowledged by ${by.who}`);
    });
}

interface SilenceOptions {
  readonly until?: string;
  readonly end?: boolean;
  readonly reason: string;
}

function registerSilence(alerts: Command, open: Open): void {
  alerts
    .command('silence <name>')
    .description('Tell nobody of this alert, or of any alert of this rule, for a time; it is still judged.')
    .option('--until <time>', 'a time (ISO 8601 with zone) or a length such as 2h')
    .option('--end', 'end the silence that holds')
    .requiredOption('--reason <text>', 'why; it stands in the audit')
    .addHelpText('after', silenceExamples)
    .action(async (name: string, options: SilenceOptions, command) => {
      const session = open(command);
      if ((options.until === undefined) !== (options.end === true)) {
        throw new UsageError('a silence needs one of --until and --end', {
          remedy: 'write it like --until 2h, or --end',
        });
      }
      const { openWorkspace } = await import('../workspace/index.ts');
      const { silenceAlerts } = await import('../loop/alerting/answer-alert.ts');
      const wish = { name, until: options.until, reason: options.reason, who: actor() };
      const result = silenceAlerts(openWorkspace(session.folder), wish, session.clock);
      session.result(result, () =>
        result.until === null ? `${name} is no longer silenced` : `${name} is silenced until ${result.until}`,
      );
    });
}

function registerEvaluate(alerts: Command, open: Open): void {
  alerts
    .command('evaluate')
    .description('Run health, judge it by the alert rules, pass on late escalations, send. For cron.')
    .option('--no-network', 'leave the services of mlops.yaml out')
    .addHelpText('after', evaluateExamples)
    .action(async (options: { readonly network: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { evaluateWorkspace } = await import('../loop/alerting/evaluate-workspace.ts');
      const { evaluationView } = await import('../report/alerts-view.ts');
      const result = await evaluateWorkspace(
        openWorkspace(session.folder),
        { network: options.network, who: actor() },
        session.clock,
        session.signal,
      );
      session.result(result, () => evaluationView(result));
      session.exit(verdictExitCode(result.status));
    });
}

function registerDeliver(alerts: Command, open: Open): void {
  alerts
    .command('deliver')
    .description('Send what waits in the outbox and is due; pass on escalations nobody took. For cron.')
    .option('--again', 'try what a receiver refused once more')
    .addHelpText('after', deliverExamples)
    .action(async (options: { readonly again?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { deliverWorkspace } = await import('../loop/alerting/deliver-workspace.ts');
      const { deliveryView } = await import('../report/alerts-view.ts');
      const request = { again: options.again === true };
      const result = await deliverWorkspace(
        openWorkspace(session.folder),
        request,
        session.clock,
        session.signal,
      );
      session.result(result, () => deliveryView(result));
      session.exit(result.waiting + result.refused === 0 ? exitCodes.ok : exitCodes.warning);
    });
}

function registerTest(alerts: Command, open: Open): void {
  alerts
    .command('test <channel>')
    .description('Send a message that says it is a test, and say whether the channel took it.')
    .addHelpText('after', testExamples)
    .action(async (channel: string, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { testChannel } = await import('../loop/alerting/test-channel.ts');
      const result = await testChannel(openWorkspace(session.folder), channel, session.clock, session.signal);
      session.result(
        result,
        () => `${channel} (${result.kind}) took the message in ${result.duration_ms} ms`,
      );
    });
}

function registerRules(alerts: Command, open: Open): void {
  alerts
    .command('rules')
    .description('Every alert rule as mlops.yaml makes it: limits, hysteresis, contact, what to do.')
    .option('--markdown', 'as a Markdown table')
    .addHelpText('after', rulesExamples)
    .action(async (options: { readonly markdown?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readRules } = await import('../loop/alerting/read-rules.ts');
      const { rulesMarkdown, rulesView } = await import('../report/alert-rules-view.ts');
      const rules = readRules(openWorkspace(session.folder).config);
      const view = options.markdown === true ? rulesMarkdown : rulesView;
      session.result({ rules }, () => view(rules));
    });
}

const listExamples = `
Examples:
  $ mlops alerts                                   what is open now
  $ mlops alerts --all
  $ mlops alerts ack 3 --reason 'pipeline team is on it'
  $ mlops alerts silence disk --until 2h --reason 'moving backups'

EXIT STATUS
  0 none is firing · 1 WARNING · 2 CRITICAL; acknowledged and silenced ones do not count
  64 usage · 66 no store yet · 78 no workspace`;

const showExamples = `
Examples:
  $ mlops alerts show 3
  $ mlops alerts show 3 --json | jq .messages

EXIT STATUS
  0 shown · 64 usage · 66 no such alert, or no store yet · 78 no workspace`;

const ackExamples = `
Examples:
  $ mlops alerts ack 3
  $ mlops alerts ack 3 --reason 'restarting the API'

EXIT STATUS
  0 acknowledged · 64 it is closed already · 66 no such alert · 75 store in use, try again
  78 no workspace`;

const silenceExamples = `
Examples:
  $ mlops alerts silence drift --until 2026-08-03T06:00:00Z --reason 'known campaign'
  $ mlops alerts silence api_latency:API --until 2h --reason 'load test'
  $ mlops alerts silence drift --end --reason 'campaign is over'

EXIT STATUS
  0 silenced · 64 no such rule or alert, or a time that is past · 66 no store yet · 78 no workspace`;

const evaluateExamples = `
Examples:
  $ mlops alerts evaluate --quiet                  in cron, every five minutes
  $ mlops alerts evaluate --no-network --json | jq .fired

EXIT STATUS
  0 no alert is open · 1 WARNING · 2 CRITICAL · 65 the store is damaged (the channels were told)
  66 no store yet · 75 store in use, try again · 78 no workspace`;

const deliverExamples = `
A message that failed is tried again after a time that doubles (alerts.delivery), or that the
receiver asked for. Each carries a key that stays the same, by which a receiver knows a second
delivery after a crash.

Examples:
  $ mlops alerts deliver --quiet                   in cron, every minute
  $ mlops alerts deliver --again                   after the address was corrected

EXIT STATUS
  0 nothing waits · 1 some messages wait or were refused · 66 no store yet
  75 store in use, try again · 78 no workspace`;

const testExamples = `
Examples:
  $ mlops alerts test mail
  $ SLACK_URL=https://… mlops alerts test chat

EXIT STATUS
  0 the channel took it · 64 no such channel · 69 it did not take it · 78 no workspace`;

const rulesExamples = `
Examples:
  $ mlops alerts rules
  $ mlops alerts rules --json | jq '.rules[] | select(.enabled | not)'

EXIT STATUS
  0 shown · 78 no workspace`;
