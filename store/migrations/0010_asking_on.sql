-- A question that nobody knew the answer of goes on, in one name or two; and buddies of
-- the directory who would rather not.
ALTER TABLE questions ADD COLUMN with_id BIGINT REFERENCES people;
ALTER TABLE questions ADD COLUMN root_id BIGINT;
CREATE INDEX questions_by_root ON questions (root_id);
CREATE TABLE buddy_ends (
    person_id BIGINT NOT NULL REFERENCES people,
    buddy_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (person_id, buddy_id)
);
