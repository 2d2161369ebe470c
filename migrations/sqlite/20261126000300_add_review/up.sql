-- Who took an order up first, or asked for changes. An order under review is a submitted one that was
-- taken up: so the program before this column reads it as what it was sent as.
ALTER TABLE orders ADD COLUMN taken_up_by TEXT CHECK (taken_up_by IS NULL OR state <> 'draft');

UPDATE orders SET
    taken_up_by = (SELECT actor FROM audit WHERE action = 'order.request_changes' AND object = 'order ' || orders.id ORDER BY audit.id LIMIT 1)
WHERE state = 'changes_requested';
