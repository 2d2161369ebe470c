-- Where a producer is by the communes of today, and how it is reached; unknown for those that annexes entered.
ALTER TABLE producers ADD COLUMN commune_code TEXT CHECK (length(commune_code) = 5);
ALTER TABLE producers ADD COLUMN phone TEXT;
ALTER TABLE producers ADD COLUMN email TEXT;
