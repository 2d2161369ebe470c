-- Biên bản kiểm tra: what inspectors found. Findings move no stamps.

CREATE TABLE inspections (
    id INTEGER NOT NULL PRIMARY KEY,
    inspected_on DATE NOT NULL,
    commune TEXT NOT NULL,
    place TEXT NOT NULL,
    -- The producer or the shop, as it is called on the spot.
    inspected TEXT NOT NULL,
    team TEXT NOT NULL,
    samples TEXT,
    requests TEXT,
    remedy_by DATE CHECK (remedy_by >= inspected_on),
    -- Sent twice, a form is one inspection.
    request_key TEXT NOT NULL UNIQUE,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE inspection_findings (
    inspection_id BIGINT NOT NULL REFERENCES inspections (id),
    place INTEGER NOT NULL CHECK (place >= 1),
    kind TEXT NOT NULL CHECK (kind IN ('in_order', 'not_activated', 'copied', 'other_product', 'damaged', 'other')),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    note TEXT,
    PRIMARY KEY (inspection_id, place)
);
CREATE INDEX inspection_findings_by_serial ON inspection_findings (first_serial);
