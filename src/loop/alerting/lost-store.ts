import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sendThrough } from '../../alerting/channels/index.ts';
import { subjectOf } from '../../alerting/notifications/message-text.ts';
import type { Notification } from '../../alerting/notifications/notification.ts';
import { writeFileAtomic } from '../../data/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { DataError, MlopsError, messageWithCause } from '../../platform/errors.ts';
import { durationMs, ruleDefaults, type Workspace } from '../../workspace/index.ts';

function markerOf({ root }: Workspace): string {
  return join(root, '.mlops', 'store-lost-told-at');
}

/**
 * Tells every channel that the store is damaged, without the outbox, which lies in it; again after `alerts.repeat`, which a file
 * beside the store remembers. Does nothing where the store is only locked or was never made.
 */
export async function tellOfLostStore(
  workspace: Workspace,
  error: unknown,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { alerts, model, contacts } = workspace.config;
  const now = clock.now();
  if (!(error instanceof DataError) || !alerts.rules.store.enabled) return;
  if (toldLately(workspace, now, durationMs(alerts.repeat))) return;
  const { advice, page } = ruleDefaults.store;
  const notification: Notification = {
    kind: 'alerts',
    model: model.name,
    at: toIso(now),
    alerts: [
      {
        id: 0,
        key: `${model.name}-store-lost`,
        name: 'store',
        rule: 'store',
        event: 'firing',
        severity: 'CRITICAL',
        summary: error instanceof MlopsError ? messageWithCause(error) : String(error),
        observed: null,
        threshold: null,
        unit: null,
        opened_at: toIso(now),
        closed_at: null,
        contact: contacts.infrastructure.contact,
        advice,
        page,
        muted: false,
      },
    ],
    note: null,
    mail_to: null,
    attachment: null,
  };
  const message = { key: `store-lost.${now.toString(36)}`, subject: subjectOf(notification), notification };
  const context = { root: workspace.root, now, signal };
  const sent = await Promise.all(alerts.channels.map((channel) => sendThrough(channel, message, context)));
  if (sent.some(({ kind }) => kind === 'sent')) writeFileAtomic(markerOf(workspace), `${now}\n`);
}

/** The store opens again. */
export function forgetLostStore(workspace: Workspace): void {
  rmSync(markerOf(workspace), { force: true });
}

function toldLately(workspace: Workspace, now: number, repeatMs: number): boolean {
  const marker = markerOf(workspace);
  return existsSync(marker) && Math.abs(now - Number(readFileSync(marker, 'utf8'))) < repeatMs;
}
