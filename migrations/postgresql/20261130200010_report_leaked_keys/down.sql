DELETE FROM reports WHERE kind = 'leaked_key';
ALTER TABLE reports DROP CONSTRAINT reports_kind_check;
ALTER TABLE reports ADD CONSTRAINT reports_kind_check CHECK (kind IN ('other_product', 'copied', 'not_found', 'quality', 'other'));
