-- Each row of an annex asks whose product has its GTIN.

CREATE INDEX products_by_gtin ON products (gtin) WHERE gtin IS NOT NULL;
