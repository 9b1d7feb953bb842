-- Where each incident's chain ends has a row of its own: it changes with every message, and each time the whole
-- row of the incident was written with it. The two columns it was in stay, unused: for each that is dropped SQLite
-- reads the whole schema anew, ten milliseconds of the first start.
CREATE TABLE chains (
    incident_id {row} REFERENCES incidents,
    n BIGINT NOT NULL DEFAULT 0,
    hash TEXT NOT NULL DEFAULT ''
);
INSERT INTO chains (incident_id, n, hash) SELECT id, next_entry, chain FROM incidents;
UPDATE incidents SET chain = '' WHERE chain <> '';
