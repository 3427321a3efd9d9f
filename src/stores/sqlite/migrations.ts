/** The tables of the embedded store, as steps: a step that was released is never edited, only followed by another. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE reads (
    subject TEXT NOT NULL,
    meter TEXT NOT NULL,
    window TEXT NOT NULL,
    article TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    prune_at INTEGER NOT NULL,
    PRIMARY KEY (subject, meter, window, article)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reads_by_prune_at ON reads (prune_at);

  CREATE TABLE network_firsts (
    slot TEXT NOT NULL,
    meter TEXT NOT NULL,
    window TEXT NOT NULL,
    subjects INTEGER NOT NULL,
    prune_at INTEGER NOT NULL,
    PRIMARY KEY (slot, meter, window)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX network_firsts_by_prune_at ON network_firsts (prune_at);

  CREATE TABLE readers (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    reader TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    label TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX devices_by_reader ON devices (reader);

  CREATE TABLE sign_ins (
    request_id TEXT NOT NULL PRIMARY KEY,
    link_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    email TEXT NOT NULL,
    return_to TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX sign_ins_by_expires_at ON sign_ins (expires_at);

  CREATE TABLE entitlements (
    reader TEXT NOT NULL,
    id TEXT NOT NULL,
    product TEXT NOT NULL,
    source TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (reader, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE revision (number INTEGER NOT NULL) STRICT;
  INSERT INTO revision VALUES (0);
  `,
  `
  ALTER TABLE entitlements ADD COLUMN payment_due INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE cause_tickets (
    reader TEXT NOT NULL,
    cause TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (reader, cause)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE readers_with_or_without_email (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    created_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO readers_with_or_without_email SELECT id, email, created_at FROM readers;
  DROP TABLE readers;
  ALTER TABLE readers_with_or_without_email RENAME TO readers;

  CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    payer TEXT,
    managed INTEGER NOT NULL DEFAULT 0,
    state TEXT,
    read_at INTEGER NOT NULL DEFAULT 0,
    ticket INTEGER NOT NULL DEFAULT 0,
    swept_by TEXT
  ) STRICT;
  CREATE INDEX customers_by_owner ON customers (owner);
  CREATE INDEX customers_by_payer ON customers (payer) WHERE payer IS NOT NULL;

  CREATE TABLE last_ticket (number INTEGER NOT NULL) STRICT;
  INSERT INTO last_ticket VALUES (0);

  CREATE TABLE reconcile_progress (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    json TEXT NOT NULL
  ) STRICT;

  CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE operators (
    email TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    appointment TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    invited_at INTEGER NOT NULL,
    last_seen_at INTEGER
  ) STRICT;

  CREATE TABLE operator_devices (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    email TEXT NOT NULL,
    appointment TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX operator_devices_by_email ON operator_devices (email);

  CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    created_by TEXT NOT NULL,
    appointment TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER
  ) STRICT;

  CREATE TABLE audit_log (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    line TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_log_is_only_added_to BEFORE UPDATE ON audit_log
  BEGIN
    SELECT RAISE(ABORT, 'a line of the audit log is never changed');
  END;

  CREATE TABLE policy_desk (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL,
    desk TEXT NOT NULL,
    head TEXT NOT NULL
  ) STRICT;

  CREATE TABLE policy_versions (
    number INTEGER NOT NULL PRIMARY KEY,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT;

  CREATE TABLE decision_chunks (
    id TEXT NOT NULL PRIMARY KEY,
    began_at INTEGER NOT NULL,
    views INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decision_chunks_by_began_at ON decision_chunks (began_at, id);

  CREATE TABLE counted (
    chart TEXT NOT NULL,
    day TEXT NOT NULL,
    row TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (chart, day, row)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX counted_by_day ON counted (day);

  CREATE TABLE counted_batches (
    id TEXT NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX counted_batches_by_until ON counted_batches (until);

  CREATE TABLE decision_codes (
    code TEXT NOT NULL PRIMARY KEY,
    facts TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX decision_codes_by_until ON decision_codes (until);
  `,
  `
  CREATE TABLE known_articles (
    address TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    facts TEXT,
    fingerprints BLOB,
    public_runs BLOB,
    told_until INTEGER
  ) STRICT;
  CREATE INDEX known_articles_by_revision ON known_articles (revision);
  CREATE INDEX known_articles_by_told_until ON known_articles (told_until) WHERE told_until IS NOT NULL;

  CREATE TABLE learn_addresses (
    target TEXT NOT NULL PRIMARY KEY,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE learn_round (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    json TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE purges (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    purge TEXT NOT NULL
  ) STRICT;
  `,
];
