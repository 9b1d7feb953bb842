-- Requests to be on call in somebody's place, and which row an offer is about.
CREATE TABLE covers (
    id {id},
    service_id BIGINT NOT NULL REFERENCES services,
    person_id BIGINT NOT NULL REFERENCES people,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    state TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    cover_id BIGINT REFERENCES people,
    settled_ms BIGINT
);
CREATE INDEX covers_by_person ON covers (person_id, state);
ALTER TABLE offers ADD COLUMN subject BIGINT;
CREATE INDEX offers_by_subject ON offers (kind, subject);
