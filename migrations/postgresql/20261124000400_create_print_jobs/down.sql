DROP TABLE batch_tallies;

-- What was handed over and not activated is printed again.
UPDATE stamps SET state = 1 WHERE state = 7;
ALTER TABLE stamps DROP CONSTRAINT stamps_state_check;
ALTER TABLE stamps ADD CONSTRAINT stamps_state_check CHECK (state BETWEEN 0 AND 6);
ALTER TABLE stamps DROP COLUMN handed_over;

DROP TABLE hand_overs;
DROP TABLE job_downloads;
DROP TABLE print_jobs;
DROP TABLE print_shops;

DROP INDEX orders_by_replaced_batch;
ALTER TABLE orders DROP COLUMN replaces_batch;
ALTER TABLE orders DROP COLUMN wanted_on;
ALTER TABLE orders DROP COLUMN approved_by;
ALTER TABLE orders DROP COLUMN submitted_by;
ALTER TABLE orders DROP COLUMN placed_by;
