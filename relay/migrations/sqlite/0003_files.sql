-- Files: whose they are and how far. Their sealed pieces lie in the folder of files.
-- stage: 0 its pieces are coming, 1 whole, 2 in the bin. No dossier: a reporter's, not taken into one yet.
CREATE TABLE file (
    address      BLOB    NOT NULL PRIMARY KEY,
    dossier      BLOB,
    pieces       INTEGER NOT NULL,
    stage        INTEGER NOT NULL,
    expires_hour INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX file_waiting ON file (address) WHERE dossier IS NULL;
CREATE INDEX file_expires ON file (expires_hour) WHERE expires_hour IS NOT NULL;
