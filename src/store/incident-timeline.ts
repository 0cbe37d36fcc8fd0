import type { Store } from './store.ts';

/** Something that happened, as the store knows it. */
export interface Moment {
  readonly at: number;
  readonly source: 'audit' | 'alert' | 'monitoring' | 'heal';
  readonly who: string | null;
  readonly text: string;
}

/**
 * What the audit, alerts, monitoring runs and heal steps say of a stretch of time, both ends included, in order.
 * What the audit says of the runbook itself is left out: its runs tell more.
 */
export function momentsBetween(store: Store, from: number, until: number): readonly Moment[] {
  return store.connection
    .prepare<{ from: number; until: number }, Moment>(
      `SELECT at, source, who, text FROM (
         SELECT at, 'audit' AS source, who, command || ': ' || reason AS text, seq AS place FROM event
           WHERE command NOT LIKE 'runbook%' AND command NOT LIKE 'incidents%'
         UNION ALL
         SELECT opened_at, 'alert', NULL, severity || ' ' || name || ': ' || summary, alert_id FROM alert
         UNION ALL
         SELECT closed_at, 'alert', NULL, 'resolved ' || name, alert_id FROM alert WHERE closed_at IS NOT NULL
         UNION ALL
         SELECT at, 'monitoring', NULL, status || ', ' || rows || ' predictions, ' || features_drifted || ' of '
             || features_total || ' features drifted', run_id FROM monitoring_run
         UNION ALL
         SELECT at, 'heal', NULL, state || ': ' || summary, seq FROM heal_step
       ) WHERE at BETWEEN @from AND @until ORDER BY at, source, place`,
    )
    .all({ from, until });
}
