ALTER TABLE batches DROP COLUMN commune;
