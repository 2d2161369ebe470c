ALTER TABLE producers DROP COLUMN email;
ALTER TABLE producers DROP COLUMN phone;
ALTER TABLE producers DROP COLUMN commune_code;
