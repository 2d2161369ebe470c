DROP INDEX products_by_gtin;
