-- Counts the office's writes, so that a reader can tell whether what it remembers is still so.
-- The one row is there from the start.
CREATE TABLE revision (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL
);
INSERT INTO revision (id, number) VALUES (1, 0);
