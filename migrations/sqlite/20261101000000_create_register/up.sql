-- The register, part 1: who makes what, and who recognised it.

CREATE TABLE authorities (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL CHECK (level IN ('district', 'city', 'ministry')),
    active_from DATE,
    active_to DATE
);

CREATE TABLE producers (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'cooperative', 'cooperative_group', 'household_business')),
    name TEXT NOT NULL,
    -- Folded by src/vietnamese.rs: the same producer however its name is accented.
    name_folded TEXT NOT NULL UNIQUE,
    tax_code TEXT,
    address TEXT
);

CREATE TABLE products (
    id INTEGER NOT NULL PRIMARY KEY,
    producer_id BIGINT NOT NULL REFERENCES producers (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    -- Product and producer, folded: what a search looks in.
    search_text TEXT NOT NULL,
    -- Collation key of the Vietnamese alphabet: what a list is sorted by.
    sort_key BLOB NOT NULL,
    group_number SMALLINT NOT NULL CHECK (group_number BETWEEN 1 AND 6),
    gtin TEXT CHECK (length(gtin) = 14),
    net_quantity TEXT,
    UNIQUE (producer_id, name_folded)
);
CREATE INDEX products_by_name ON products (sort_key);

-- What the paper says. Never updated: what happens later is a row of recognition_events.
CREATE TABLE recognitions (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    stars SMALLINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    potential_five_star BOOLEAN NOT NULL,
    decision_number TEXT NOT NULL,
    authority_id BIGINT NOT NULL REFERENCES authorities (id),
    signed_on DATE NOT NULL,
    ends_on DATE NOT NULL CHECK (ends_on >= signed_on),
    product_name TEXT NOT NULL,
    address TEXT,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (product_id, decision_number, authority_id, signed_on)
);

CREATE TABLE recognition_events (
    id INTEGER NOT NULL PRIMARY KEY,
    recognition_id BIGINT NOT NULL REFERENCES recognitions (id),
    kind TEXT NOT NULL CHECK (kind IN ('end_changed', 'suspended', 'reinstated', 'revoked')),
    effective_on DATE NOT NULL,
    new_end DATE,
    decision_number TEXT,
    reason TEXT,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((kind = 'end_changed') = (new_end IS NOT NULL))
);
CREATE INDEX recognition_events_by_recognition ON recognition_events (recognition_id);

-- Every act, in the transaction of the act.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
);
