-- Experiments; and what becomes of parked things and of follow-ups.
CREATE TABLE tries (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    made_ms BIGINT NOT NULL,
    outcome TEXT,
    result TEXT,
    settled_by BIGINT REFERENCES people,
    settled_ms BIGINT,
    outcome_n BIGINT,
    dropped_ms BIGINT,
    entry_n BIGINT,
    PRIMARY KEY (incident_id, n)
);
ALTER TABLE parked ADD COLUMN entry_n BIGINT;

-- Looked at again after it was done: did it help? NULL: nobody has looked yet.
ALTER TABLE followups ADD COLUMN helped BIGINT;
ALTER TABLE followups ADD COLUMN verdict TEXT;
ALTER TABLE followups ADD COLUMN verified_by BIGINT REFERENCES people;
ALTER TABLE followups ADD COLUMN verified_ms BIGINT;
