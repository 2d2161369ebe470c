ALTER TABLE orders DROP COLUMN taken_up_by;
