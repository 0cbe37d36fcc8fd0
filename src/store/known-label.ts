/**
 * SQL of the label `l` of a prediction `p` as it was known at a time: a label that was corrected later counts as what it
 * was then.
 * @param time the parameter that holds the time, such as `@until`
 */
export function joinKnownLabel(time: string): string {
  return `label AS l ON l.prediction_id = p.prediction_id AND (l.label_timestamp <= ${time}
    OR EXISTS (SELECT 1 FROM label_correction AS c WHERE c.prediction_id = l.prediction_id AND c.label_timestamp <= ${time}))`;
}

/** Its value, 0 or 1, beside `joinKnownLabel`. */
export function knownLabel(time: string): string {
  return `CASE WHEN l.label_timestamp <= ${time} THEN l.true_label ELSE
    (SELECT c.true_label FROM label_correction AS c WHERE c.prediction_id = l.prediction_id AND c.label_timestamp <= ${time}
     ORDER BY c.label_timestamp DESC, c.seq DESC LIMIT 1) END`;
}

/** The labels that became known after `@after` and up to `@until`, as they were known then: prediction_id and true_label. */
export const labelsOfWindow = `
  SELECT prediction_id, true_label FROM (
    SELECT prediction_id, true_label FROM label
    WHERE label_timestamp > @after AND label_timestamp <= @until ORDER BY rowid DESC LIMIT @most)
  UNION ALL
  SELECT prediction_id, true_label FROM (
    SELECT c.prediction_id, c.true_label, max(c.label_timestamp) AS known_at
    FROM label_correction AS c JOIN label AS l ON l.prediction_id = c.prediction_id AND l.label_timestamp > @until
    WHERE c.label_timestamp <= @until GROUP BY c.prediction_id)
  WHERE known_at > @after`;
