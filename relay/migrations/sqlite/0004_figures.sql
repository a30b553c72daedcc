-- Anonymous rows of the figures, sealed. No time: the number says the order and nothing else.
CREATE TABLE figure (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    frame  BLOB    NOT NULL UNIQUE
) STRICT;
