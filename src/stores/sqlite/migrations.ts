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
];
