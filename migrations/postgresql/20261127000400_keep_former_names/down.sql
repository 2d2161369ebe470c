DROP INDEX producers_by_tax_code;
DROP TABLE former_product_names;
DROP TABLE former_producer_names;
