ALTER TABLE scans DROP COLUMN last_day;
ALTER TABLE scans DROP COLUMN day_count;
