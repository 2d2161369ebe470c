-- The stamps on goods of a lot, in the order of their serials. Stamps that are on no goods take no room in it.
CREATE INDEX stamps_by_lot ON stamps (lot_id, serial) WHERE lot_id IS NOT NULL;
