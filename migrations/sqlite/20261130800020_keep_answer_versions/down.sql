ALTER TABLE kept_answers DROP COLUMN version;
