CREATE TABLE former_product_names (
    producer_id BIGINT NOT NULL REFERENCES producers (id),
    name_folded TEXT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    PRIMARY KEY (producer_id, name_folded)
);
DROP TABLE product_aliases;
CREATE TABLE former_producer_names (
    name_folded TEXT NOT NULL PRIMARY KEY,
    producer_id BIGINT NOT NULL REFERENCES producers (id)
);
DROP TABLE producer_aliases;
ALTER TABLE print_shops RENAME COLUMN name_key TO name_folded;
ALTER TABLE products RENAME COLUMN identity_key TO name_folded;
DROP INDEX producers_by_search_key;
ALTER TABLE producers DROP COLUMN search_key;
ALTER TABLE producers RENAME COLUMN identity_key TO name_folded;
