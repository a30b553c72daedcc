-- Everything that the relay holds. Times are whole hours since 1970 (UTC), never finer; nothing here names a person or an address.

CREATE TABLE directory (
    seq   INTEGER PRIMARY KEY,
    frame BLOB    NOT NULL
) STRICT;

-- One statement in each slot (kind, subject, epoch or week); one that replaces another gets a new number.
CREATE TABLE statement (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    slot         BLOB    NOT NULL UNIQUE,
    expires_hour INTEGER,
    frame        BLOB    NOT NULL,
    wraps        BLOB    NOT NULL
) STRICT;

CREATE TABLE snapshot (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    time  INTEGER NOT NULL,
    frame BLOB    NOT NULL
) STRICT;

-- The team tables that the snapshot names.
CREATE TABLE team_table (
    hash  BLOB NOT NULL PRIMARY KEY,
    frame BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE intake (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    hash         BLOB    NOT NULL UNIQUE,
    lane         INTEGER NOT NULL,
    expires_hour INTEGER NOT NULL,
    delete_hash  BLOB    NOT NULL,
    envelope     BLOB    NOT NULL
) STRICT;

CREATE INDEX intake_lane ON intake (lane);

CREATE TABLE board (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    tag          BLOB    NOT NULL UNIQUE,
    page         INTEGER NOT NULL,
    expires_hour INTEGER NOT NULL,
    entry        BLOB    NOT NULL
) STRICT;
CREATE INDEX board_page ON board (page, number);

-- A dossier: the newest link of its control chain, as far as the relay checks it.
CREATE TABLE dossier (
    address     BLOB    NOT NULL PRIMARY KEY,
    number      INTEGER NOT NULL,
    head        BLOB    NOT NULL,
    epoch       INTEGER NOT NULL,
    read_key    BLOB    NOT NULL,
    write_key   BLOB    NOT NULL,
    steward_key BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE control (
    dossier BLOB    NOT NULL,
    number  INTEGER NOT NULL,
    frame   BLOB    NOT NULL,
    wraps   BLOB    NOT NULL,
    PRIMARY KEY (dossier, number)
) STRICT;

CREATE TABLE event (
    dossier BLOB    NOT NULL,
    number  INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    frame   BLOB    NOT NULL,
    PRIMARY KEY (dossier, number),
    UNIQUE (dossier, hash)
) STRICT;

-- One row for each object that ever changed, under the number of its newest change.
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    object BLOB    NOT NULL UNIQUE
) STRICT;
