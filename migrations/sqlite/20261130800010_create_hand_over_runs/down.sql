DROP TABLE hand_over_runs;
