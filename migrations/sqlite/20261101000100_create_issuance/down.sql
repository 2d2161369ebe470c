DROP TABLE scans;
DROP TABLE sheets;
DROP TABLE stamps;
DROP TABLE lots;
DROP TABLE batches;
DROP TABLE orders;
DROP TABLE quotas;
DROP TABLE funding_plans;
