-- What was answered to the five questions of impact. No word: the question was skipped.
CREATE TABLE impacts (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    question TEXT NOT NULL,
    word TEXT,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (incident_id, question)
);
-- Brought in by the severity while they slept, and not told yet.
CREATE TABLE quiet_invites (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (incident_id, person_id)
);
