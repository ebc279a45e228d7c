-- Sessions of the service before this one, sealed, in pieces
CREATE TABLE imported_session (
  account TEXT NOT NULL,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (account, number)
);
