-- A report of the service itself, once a serial: a code with a right signature that was never issued.
ALTER TABLE reports DROP CONSTRAINT reports_kind_check;
ALTER TABLE reports ADD CONSTRAINT reports_kind_check CHECK (kind IN ('other_product', 'copied', 'not_found', 'quality', 'other', 'leaked_key'));
