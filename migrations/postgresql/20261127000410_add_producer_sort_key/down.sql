DROP INDEX producers_by_name;
ALTER TABLE producers DROP COLUMN sort_key;
