CREATE TABLE sheets (
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    layout TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (batch_number, layout, number)
);

-- Sheets of several runs have no place in the older table.
INSERT INTO sheets (batch_number, layout, number, first_serial, last_serial, stamps)
SELECT batch_number, layout, number, first_serial, last_serial, stamps FROM sheet_runs WHERE design = 'placeholder' AND run = 1;

DROP TABLE sheet_runs;
