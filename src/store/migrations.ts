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
];
