DROP TABLE revision;
