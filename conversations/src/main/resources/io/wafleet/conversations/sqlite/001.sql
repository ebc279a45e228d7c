-- Documents are JSON in "state"; the other columns are what is looked up by. Times are milliseconds since 1970.
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  state BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE erasure (
  account TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE alias (
  account TEXT NOT NULL,
  lid TEXT NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (account, lid)
) WITHOUT ROWID;

-- state is NULL while only messages that are kept aside name the thread; last_at is NULL while it has nothing to show
CREATE TABLE thread (
  row INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  last_at INTEGER,
  state BLOB
);
CREATE INDEX thread_newest ON thread (account, last_at DESC, id DESC) WHERE last_at IS NOT NULL;
CREATE INDEX thread_account ON thread (account);

-- at is NULL while the message is kept aside: not to be shown
CREATE TABLE message (
  row INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL REFERENCES thread (row),
  id TEXT NOT NULL,
  at INTEGER,
  state BLOB NOT NULL,
  UNIQUE (thread, id)
);
CREATE INDEX message_newest ON message (thread, at DESC, id DESC) WHERE at IS NOT NULL;

-- rowid is message.row; scope holds a word for the account and one for the thread, so that a search reads only theirs
CREATE VIRTUAL TABLE message_text USING fts5 (
  scope, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);

-- chunks is 0 when the credentials were cleared
CREATE TABLE backup (
  account TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  version INTEGER NOT NULL,
  chunks INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE backup_chunk (
  account TEXT NOT NULL,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (account, number)
);
