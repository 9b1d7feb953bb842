-- Learning. Whether a factor names a person (held is what follows from it), and how it
-- was judged to have contributed.
ALTER TABLE factors ADD COLUMN names BIGINT NOT NULL DEFAULT 0;
UPDATE factors SET names = held;
ALTER TABLE factors ADD COLUMN judged TEXT;
ALTER TABLE factors ADD COLUMN judged_entry_n BIGINT;
-- A feeling's words are an entry of the timeline without a name; here is only a keyed
-- hash of its writer, so that they can take it back. Published, there is none any more.
CREATE TABLE feelings (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    entry_n BIGINT NOT NULL,
    writer TEXT NOT NULL,
    PRIMARY KEY (incident_id, entry_n)
);
-- What people fill in: one text of each person for a section, and the message it came
-- by, so that edits of it are followed. retro_sections keeps where a section stands.
CREATE TABLE retro_fills (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    section TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    adapter TEXT,
    channel TEXT,
    message TEXT,
    PRIMARY KEY (incident_id, section, person_id)
);
INSERT INTO retro_fills (incident_id, section, person_id, text, at_ms)
    SELECT incident_id, section, person_id, text, at_ms FROM retro_sections
    WHERE text <> '';
-- The three questions of the outside version: was data lost, private data seen, money
-- wrong. yes, no or unknown.
CREATE TABLE retro_answers (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    adapter TEXT,
    channel TEXT,
    message TEXT,
    PRIMARY KEY (incident_id, question)
);
ALTER TABLE retros ADD COLUMN owner_id BIGINT REFERENCES people;
ALTER TABLE retros ADD COLUMN outside_text TEXT;
ALTER TABLE retros ADD COLUMN outside_ms BIGINT;
ALTER TABLE retros ADD COLUMN outside_by BIGINT REFERENCES people;
