-- The producer's commune as it was when the codes were issued, for designs that print it. None for batches that are older,
-- and where the register knew of none.
ALTER TABLE batches ADD COLUMN commune TEXT CHECK (length(commune) BETWEEN 1 AND 200);
