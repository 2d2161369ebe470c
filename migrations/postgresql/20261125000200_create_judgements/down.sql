DROP TABLE judged_recognitions;
DROP TABLE judgements;
