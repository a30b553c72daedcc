-- Records of people in dossiers, sealed, with the wraps of one half of their keys. The other half never enters a database.
-- An erased one keeps its place, so that nothing takes it again, and nothing of what it held.
CREATE TABLE person (
    dossier     BLOB    NOT NULL,
    person      BLOB    NOT NULL,
    version     INTEGER NOT NULL,
    turn        INTEGER NOT NULL,
    erased_hour INTEGER,
    hash        BLOB    NOT NULL,
    record      BLOB    NOT NULL,
    wraps       BLOB    NOT NULL,
    PRIMARY KEY (dossier, person)
) STRICT;
