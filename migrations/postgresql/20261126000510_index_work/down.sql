DROP INDEX outbox_failing;
DROP INDEX lots_recalled;
DROP INDEX print_jobs_by_state;
DROP INDEX orders_by_state;
