-- What somebody waits for is claimed first, however much else there is to be done.
CREATE INDEX outbox_urgent ON outbox (adapter, id)
    WHERE done_ms IS NULL AND kind IN ('form', 'direct', 'whisper');
