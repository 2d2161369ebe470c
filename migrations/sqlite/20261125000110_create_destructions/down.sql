DROP TABLE destruction_runs;
DROP TABLE destructions;
