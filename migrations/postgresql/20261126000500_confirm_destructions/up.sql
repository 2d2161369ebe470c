-- Stamps are destroyed by two people: one records it, another one confirms. What was recorded by one person alone before stays
-- confirmed, with nobody who confirmed it; so is what the program before these columns records.
ALTER TABLE destructions ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed'
    CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn'));
ALTER TABLE destructions ADD COLUMN decided_by TEXT;
ALTER TABLE destructions ADD COLUMN decided_at TIMESTAMP;
-- Why it was refused or withdrawn.
ALTER TABLE destructions ADD COLUMN decision_reason TEXT;

ALTER TABLE destructions ADD CHECK ((decided_by IS NULL) = (decided_at IS NULL));
ALTER TABLE destructions ADD CHECK (state <> 'proposed' OR decided_by IS NULL);
ALTER TABLE destructions ADD CHECK (
    state NOT IN ('refused', 'withdrawn') OR (decided_by IS NOT NULL AND decision_reason IS NOT NULL AND length(decision_reason) >= 1)
);
-- The database has the last word on four eyes.
ALTER TABLE destructions ADD CHECK (state NOT IN ('confirmed', 'refused') OR decided_by <> done_by);
ALTER TABLE destructions ADD CHECK (state <> 'withdrawn' OR decided_by = done_by);

-- Minutes that were refused can be recorded again, mended, under their number.
ALTER TABLE destructions DROP CONSTRAINT destructions_batch_number_minutes_key;
CREATE UNIQUE INDEX destructions_by_minutes ON destructions (batch_number, minutes) WHERE state IN ('proposed', 'confirmed');
CREATE INDEX destructions_by_batch ON destructions (batch_number);
-- One at a time waits for a batch.
CREATE UNIQUE INDEX destructions_waiting ON destructions (batch_number) WHERE state = 'proposed';
