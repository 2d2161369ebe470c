ALTER TABLE print_shops DROP COLUMN licence_issuer;
