-- Designs of stamps: each version with the right to the certification mark that it rests on (1162/QĐ-VPĐP-OCOP), who decided on
-- it, and its files; and which version a batch was printed with.

CREATE TABLE designs (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- Counted for each name.
    version INTEGER NOT NULL CHECK (version >= 1),
    -- Of the files.
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    mark_version TEXT NOT NULL,
    mark_basis TEXT NOT NULL,
    -- NULL: no right was granted yet.
    mark_granted_by TEXT,
    -- NULL: the right has no end.
    mark_until DATE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'rejected', 'withdrawn')),
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    submitted_by TEXT,
    submitted_at TIMESTAMP,
    decided_by TEXT,
    decided_at TIMESTAMP,
    decision_reason TEXT,
    withdrawn_by TEXT,
    withdrawn_at TIMESTAMP,
    withdrawal_reason TEXT,
    UNIQUE (name, version),
    CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decision_reason IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawal_reason IS NULL)),
    CHECK (state <> 'submitted' OR submitted_by IS NOT NULL),
    CHECK (state <> 'rejected' OR decided_by IS NOT NULL),
    CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL)),
    -- Four eyes, and no approval without a right to the mark.
    CHECK (
        state <> 'approved'
        OR (
            mark_granted_by IS NOT NULL AND submitted_by IS NOT NULL AND decided_by IS NOT NULL
            AND decided_by <> added_by AND decided_by <> submitted_by
        )
    )
);

CREATE TABLE design_files (
    design_id BIGINT NOT NULL REFERENCES designs (id),
    path TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (design_id, path)
);

-- Of several rows for a batch, a layout and a name of a design the last one holds.
CREATE TABLE printings (
    id INTEGER NOT NULL PRIMARY KEY,
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    layout TEXT NOT NULL,
    design_id BIGINT NOT NULL REFERENCES designs (id)
);
CREATE INDEX printings_by_batch ON printings (batch_number, layout);
