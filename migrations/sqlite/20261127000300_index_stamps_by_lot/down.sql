DROP INDEX stamps_by_lot;
