ALTER TABLE producers DROP COLUMN version;
ALTER TABLE products DROP COLUMN version;
ALTER TABLE products DROP COLUMN photo_sha256;
DROP TABLE photos;
