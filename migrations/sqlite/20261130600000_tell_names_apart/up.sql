-- Names are told apart with their letters and tones (src/vietnamese/name_key.rs). An identity also holds what else tells apart:
-- the tax code of a producer, GTIN and net quantity of a product. SQL cannot make these keys: the program does, whenever it
-- brings the schema up to date, and until then producers have no search key.
-- The columns are renamed, not kept beside new ones: a program that takes names without tones for one must enter none.
ALTER TABLE producers RENAME COLUMN name_folded TO identity_key;
-- What names that are written alike have in common: no case, no diacritics, no spaces.
ALTER TABLE producers ADD COLUMN search_key TEXT;
CREATE INDEX producers_by_search_key ON producers (search_key);
ALTER TABLE products RENAME COLUMN name_folded TO identity_key;
ALTER TABLE print_shops RENAME COLUMN name_folded TO name_key;

-- Other names by which annexes know producers and products. With an identity: the office said that whoever has it is that
-- one. Without: it had the name.
CREATE TABLE producer_aliases (
    id INTEGER NOT NULL PRIMARY KEY,
    producer_id BIGINT NOT NULL REFERENCES producers (id),
    name TEXT NOT NULL,
    search_key TEXT NOT NULL,
    identity_key TEXT UNIQUE
);
CREATE INDEX producer_aliases_by_search_key ON producer_aliases (search_key);
INSERT INTO producer_aliases (producer_id, name, search_key)
SELECT producer_id, name_folded, replace(name_folded, ' ', '') FROM former_producer_names;
DROP TABLE former_producer_names;

CREATE TABLE product_aliases (
    id INTEGER NOT NULL PRIMARY KEY,
    producer_id BIGINT NOT NULL REFERENCES producers (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    name TEXT NOT NULL,
    identity_key TEXT,
    UNIQUE (producer_id, identity_key)
);
INSERT INTO product_aliases (producer_id, product_id, name)
SELECT producer_id, product_id, name_folded FROM former_product_names;
DROP TABLE former_product_names;
