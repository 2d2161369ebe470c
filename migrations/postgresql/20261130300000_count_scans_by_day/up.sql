-- On how many days a stamp was scanned. What was counted before was requests, programs and repeats among
-- them: of these it is certain only that somebody looked on the first day, and on the last.
ALTER TABLE scans ADD COLUMN day_count BIGINT NOT NULL DEFAULT 1;
ALTER TABLE scans ADD COLUMN last_day DATE NOT NULL DEFAULT '1970-01-01';
UPDATE scans SET
    last_day = (last_at + interval '7 hours')::date,
    day_count = CASE WHEN (last_at + interval '7 hours')::date > (first_at + interval '7 hours')::date THEN 2 ELSE 1 END,
    scan_count = CASE WHEN (last_at + interval '7 hours')::date > (first_at + interval '7 hours')::date THEN 2 ELSE 1 END;
DELETE FROM scan_days;
