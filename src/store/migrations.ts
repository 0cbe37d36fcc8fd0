/** Each entry takes the store from version i to i + 1; entries are never changed once released. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE model_version (
    version INTEGER PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('None', 'Staging', 'Production', 'Archived')),
    artifact_sha256 TEXT NOT NULL,
    artifact_bytes INTEGER NOT NULL,
    features TEXT NOT NULL,
    threshold REAL NOT NULL,
    golden TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX one_production ON model_version (stage) WHERE stage = 'Production';

  CREATE TABLE stage_change (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES model_version,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    -- The version that was Production when this one came; a rollback goes back along these.
    replaced INTEGER REFERENCES model_version
  ) STRICT;

  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE chain_head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  INSERT INTO chain_head VALUES (1, 0, '');
  CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  `,
  `
  -- Columns of the model's features are added as predictions bring them.
  CREATE TABLE prediction (
    prediction_id TEXT PRIMARY KEY,
    predicted_at INTEGER NOT NULL,
    model_version TEXT,
    probability REAL,
    outcome INTEGER
  ) STRICT;
  CREATE INDEX prediction_by_time ON prediction (predicted_at);

  CREATE TABLE label (
    prediction_id TEXT PRIMARY KEY REFERENCES prediction,
    true_label INTEGER NOT NULL CHECK (true_label IN (0, 1)),
    label_timestamp INTEGER NOT NULL,
    label_source TEXT NOT NULL
  ) STRICT;
  CREATE TABLE label_correction (
    seq INTEGER PRIMARY KEY,
    corrected_at INTEGER NOT NULL,
    prediction_id TEXT NOT NULL REFERENCES prediction,
    true_label INTEGER NOT NULL,
    label_timestamp INTEGER NOT NULL,
    label_source TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE training_run (
    run_id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Where the rows came from: a file's path, or 'store'.
    data TEXT NOT NULL,
    data_sha256 TEXT NOT NULL,
    -- Column with the true outcome.
    target TEXT NOT NULL,
    rows_train INTEGER NOT NULL,
    rows_validation INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    parameters TEXT NOT NULL,
    metrics TEXT NOT NULL
  ) STRICT;
  ALTER TABLE model_version ADD COLUMN run_id INTEGER REFERENCES training_run;
  -- Table Schema of the features, JSON.
  ALTER TABLE model_version ADD COLUMN schema TEXT;
  ALTER TABLE model_version ADD COLUMN metrics TEXT;
  -- sha256 of the kept training rows that current data are compared with.
  ALTER TABLE model_version ADD COLUMN reference_sha256 TEXT;
  -- sha256 of the kept training rows from before the store's predictions; later versions inherit them.
  ALTER TABLE model_version ADD COLUMN base_sha256 TEXT;
  -- Latest time among the rows it learned from; later rows are new to it.
  ALTER TABLE model_version ADD COLUMN learned_until INTEGER;
  -- Latest time among the rows that chose its threshold.
  ALTER TABLE model_version ADD COLUMN validated_until INTEGER;

  CREATE TABLE monitoring_run (
    run_id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    model_version TEXT,
    rows INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('OK', 'WARNING', 'CRITICAL', 'UNKNOWN')),
    features_total INTEGER NOT NULL,
    features_drifted INTEGER NOT NULL,
    share_drifted REAL NOT NULL,
    report TEXT,
    -- The whole result as --json gave it.
    result TEXT NOT NULL
  ) STRICT;
  CREATE INDEX monitoring_run_by_time ON monitoring_run (at);

  CREATE TABLE drift_result (
    run_id INTEGER NOT NULL REFERENCES monitoring_run,
    feature TEXT NOT NULL,
    type TEXT NOT NULL,
    test TEXT NOT NULL,
    score REAL,
    p_value REAL,
    threshold REAL,
    drifted INTEGER NOT NULL,
    missing_reference REAL NOT NULL,
    missing_current REAL NOT NULL,
    PRIMARY KEY (run_id, feature)
  ) STRICT;

  CREATE TABLE gate_decision (
    decision_id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('promote', 'reject')),
    champion INTEGER REFERENCES model_version,
    challenger INTEGER NOT NULL REFERENCES model_version,
    rows INTEGER NOT NULL,
    -- Criteria asked for, and the whole result as --json gave it.
    required TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;

  CREATE TABLE heal_run (
    run_id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('observe', 'suggest', 'act')),
    -- The step that comes next; 'done' when none does.
    state TEXT NOT NULL CHECK (state IN ('monitor', 'triage', 'train', 'gate', 'promote', 'done')),
    finished_at INTEGER,
    outcome TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_heal_run_at_work ON heal_run (state <> 'done') WHERE state <> 'done';
  CREATE TABLE heal_step (
    run_id INTEGER NOT NULL REFERENCES heal_run,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    summary TEXT NOT NULL,
    -- What later steps need of it, JSON.
    result TEXT NOT NULL,
    PRIMARY KEY (run_id, seq),
    UNIQUE (run_id, state)
  ) STRICT;

  CREATE TABLE alert (
    alert_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('WARNING', 'CRITICAL')),
    summary TEXT NOT NULL,
    contact TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    closed_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX one_open_alert_a_name ON alert (name) WHERE closed_at IS NULL;

  CREATE TABLE incident (
    incident_id INTEGER PRIMARY KEY,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    title TEXT NOT NULL,
    contact TEXT NOT NULL,
    evidence TEXT NOT NULL,
    heal_run INTEGER REFERENCES heal_run
  ) STRICT;
  `,
  `
  -- What a label was before a correction is looked up by its prediction.
  CREATE INDEX label_correction_by_prediction ON label_correction (prediction_id);
  `,
  // Runs: every attempt to train, also one that failed or was killed, and one numbering for training and heal runs.
  `
  CREATE TABLE training_attempt (
    attempt_id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    who TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Where the rows come from: a file's path, or 'store'.
    data TEXT NOT NULL,
    heal_run INTEGER REFERENCES heal_run,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    process_start TEXT,
    -- NULL while it works, and for ever when it was killed.
    finished_at INTEGER,
    training_run INTEGER REFERENCES training_run,
    cause TEXT CHECK (cause IN ('too_few_labels', 'validation', 'out_of_memory', 'interrupted', 'crashed')),
    message TEXT,
    why TEXT,
    remedy TEXT,
    rows INTEGER,
    rows_needed INTEGER
  ) STRICT;
  CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('training', 'heal')),
    -- Number of the heal run; of the attempt, or of the training run from before attempts were kept (negative).
    reference INTEGER NOT NULL,
    UNIQUE (kind, reference)
  ) STRICT;
  INSERT INTO run (kind, reference) SELECT kind, reference FROM (
    SELECT 'training' AS kind, -run_id AS reference, started_at FROM training_run
    UNION ALL SELECT 'heal', run_id, started_at FROM heal_run)
    ORDER BY started_at, kind DESC;
  CREATE TRIGGER heal_run_is_numbered AFTER INSERT ON heal_run
    BEGIN INSERT INTO run (kind, reference) VALUES ('heal', new.run_id); END;
  CREATE TRIGGER training_attempt_is_numbered AFTER INSERT ON training_attempt
    BEGIN INSERT INTO run (kind, reference) VALUES ('training', new.attempt_id); END;
  `,
  `
  -- Alerting: what each rule has seen, silences, the outbox, escalations.
  ALTER TABLE alert ADD COLUMN rule TEXT NOT NULL DEFAULT '';
  ALTER TABLE alert ADD COLUMN observed REAL;
  ALTER TABLE alert ADD COLUMN threshold REAL;
  ALTER TABLE alert ADD COLUMN unit TEXT;
  ALTER TABLE alert ADD COLUMN acknowledged_at INTEGER;
  ALTER TABLE alert ADD COLUMN acknowledged_by TEXT;
  ALTER TABLE alert ADD COLUMN acknowledged_reason TEXT;
  -- When and with what severity somebody was last told of it.
  ALTER TABLE alert ADD COLUMN notified_at INTEGER;
  ALTER TABLE alert ADD COLUMN notified_severity TEXT;
  UPDATE alert SET rule = CASE name WHEN 'performance' THEN 'f1' ELSE name END;

  -- Breaches one after the other of an alert that has not fired yet.
  CREATE TABLE alert_pending (
    name TEXT PRIMARY KEY,
    breaches INTEGER NOT NULL,
    since INTEGER NOT NULL,
    last_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE alert_silence (
    silence_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL
  ) STRICT;

  CREATE TABLE outbox (
    message_id INTEGER PRIMARY KEY,
    -- Travels with the message, so that a receiver can tell a second delivery of the same one.
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- JSON of the notification; never a secret.
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
    attempts INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    -- The process that is sending it, and how long it may take.
    lease TEXT,
    lease_until INTEGER,
    last_error TEXT,
    sent_at INTEGER
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (channel, message_id) WHERE state = 'waiting';

  CREATE TABLE escalation (
    escalation_id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alert,
    incident_id INTEGER NOT NULL REFERENCES incident,
    issue TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'exhausted', 'ended'))
  ) STRICT;
  CREATE TABLE escalation_step (
    escalation_id INTEGER NOT NULL REFERENCES escalation,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    contact_key TEXT NOT NULL,
    contact TEXT NOT NULL,
    person TEXT,
    channels TEXT NOT NULL,
    deadline_at INTEGER NOT NULL,
    PRIMARY KEY (escalation_id, seq)
  ) STRICT;
  `,
  `
  -- The runbook: procedures that were walked, what each command said, pages whose shell may run; how incidents ended.
  CREATE TABLE runbook_run (
    run_id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident,
    page TEXT NOT NULL,
    -- The text it was begun with: it goes on with that, whatever became of the page.
    content TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('mlops', 'workspace')),
    who TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'done', 'handed_over', 'abandoned')),
    -- Where it goes on, both counted from 0: the step, and the command in it.
    step INTEGER NOT NULL,
    command INTEGER NOT NULL,
    -- JSON object: what the operator gave for the <names> in its commands.
    given TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runbook_run_of_incident ON runbook_run (incident_id);
  CREATE TABLE runbook_step (
    run_id INTEGER NOT NULL REFERENCES runbook_run,
    seq INTEGER NOT NULL,
    step TEXT NOT NULL,
    -- The command, or what a person was asked.
    command TEXT NOT NULL,
    who TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    exit_code INTEGER,
    outcome TEXT CHECK (outcome IN ('expected', 'unexpected', 'timed_out', 'cut_off', 'skipped', 'answered')),
    -- The end of what it printed, or the answer.
    output TEXT NOT NULL,
    PRIMARY KEY (run_id, seq)
  ) STRICT;
  CREATE TABLE runbook_trust (
    page TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (page, content_sha256)
  ) STRICT;
  ALTER TABLE incident ADD COLUMN closed_by TEXT;
  ALTER TABLE incident ADD COLUMN closed_reason TEXT;
  `,
  `
  -- What a gate decision was made on, JSON; its rows_sha256 names the kept rows. NULL for those from before it was kept.
  ALTER TABLE gate_decision ADD COLUMN basis TEXT;
  `,
  `
  -- Parameters that a training tried; they stay though it brought no model.
  CREATE TABLE tuning_trial (
    attempt_id INTEGER NOT NULL REFERENCES training_attempt,
    -- From 1 on.
    trial INTEGER NOT NULL,
    found TEXT NOT NULL CHECK (found IN ('configured', 'random', 'tpe')),
    -- JSON object: number by name of trainer in mlops.yaml.
    parameters TEXT NOT NULL,
    -- Mean log loss of the folds; JSON array of theirs.
    score REAL NOT NULL,
    folds TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, trial)
  ) STRICT;
  `,
];
