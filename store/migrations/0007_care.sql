-- What a person switched on or off for themselves; a switch nobody touched has no row.
CREATE TABLE switches (
    person_id BIGINT NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    is_on BIGINT NOT NULL,
    PRIMARY KEY (person_id, name)
);

-- Who wants a private word when an incident changes, and how it stood when they had the last.
CREATE TABLE subscriptions (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    since_ms BIGINT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (incident_id, person_id)
);

-- Breaks: somebody covers from their yes on, with all the roles of whoever rests.
CREATE TABLE pauses (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    deputy_id BIGINT REFERENCES people,
    by_choice BIGINT NOT NULL DEFAULT 0,
    length_ms BIGINT NOT NULL,
    asked_ms BIGINT NOT NULL,
    from_ms BIGINT,
    ended_ms BIGINT
);
CREATE INDEX pauses_by_incident ON pauses (incident_id, person_id);
ALTER TABLE holds ADD COLUMN pause_id BIGINT REFERENCES pauses;

-- Who is not to be asked for anything meanwhile: until a moment.
ALTER TABLE members ADD COLUMN rests_until_ms BIGINT;
