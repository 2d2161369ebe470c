DROP TABLE scan_days;
