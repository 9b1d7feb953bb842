-- Commands read so late that they were not run, until their speaker is told of them all in one message.
CREATE TABLE late_commands (
    id {id},
    person_id BIGINT NOT NULL REFERENCES people,
    adapter TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    line TEXT NOT NULL
);
CREATE INDEX late_commands_by_person ON late_commands (person_id);
