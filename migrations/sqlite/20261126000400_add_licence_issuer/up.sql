-- Who issued the licence of a print shop; unknown for those that were entered without it.
ALTER TABLE print_shops ADD COLUMN licence_issuer TEXT;
