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
];
