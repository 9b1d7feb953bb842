-- What an incident is in a few sentences, and which others it has to do with. Of a
-- duplicate, incident_id is the one that was closed; of related ones, the older.
ALTER TABLE incidents ADD COLUMN summary TEXT;
CREATE TABLE relations (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    other_id BIGINT NOT NULL REFERENCES incidents,
    kind TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (incident_id, other_id, kind)
);
CREATE INDEX relations_by_other ON relations (other_id);
