-- Names that producers and their products had, folded as theirs are: an annex that still has the old name enters no
-- second one. What has the name today comes before what had it.

CREATE TABLE former_producer_names (
    name_folded TEXT NOT NULL PRIMARY KEY,
    producer_id BIGINT NOT NULL REFERENCES producers (id)
);

CREATE TABLE former_product_names (
    producer_id BIGINT NOT NULL REFERENCES producers (id),
    name_folded TEXT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    PRIMARY KEY (producer_id, name_folded)
);

-- Not unique: an annex may have entered one code under two names.
CREATE INDEX producers_by_tax_code ON producers (tax_code);
