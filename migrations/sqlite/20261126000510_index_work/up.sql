-- What waits for people is counted on their first page, each time.
CREATE INDEX orders_by_state ON orders (state);
CREATE INDEX print_jobs_by_state ON print_jobs (state);
CREATE INDEX lots_recalled ON lots (recalled_on) WHERE recalled_on IS NOT NULL;
CREATE INDEX outbox_failing ON outbox (id) WHERE sent_at IS NULL AND last_error IS NOT NULL;
