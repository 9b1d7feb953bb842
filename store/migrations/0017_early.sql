-- What was chosen under a message of ours before the platform's answer told how it is called there, until it did.
CREATE TABLE early_choices (
    id {id},
    adapter TEXT NOT NULL,
    channel TEXT NOT NULL,
    is_direct BIGINT NOT NULL,
    message TEXT NOT NULL,
    event TEXT NOT NULL,
    external TEXT NOT NULL,
    choice TEXT, -- NULL: a check mark
    at_ms BIGINT NOT NULL,
    held_ms BIGINT NOT NULL,
    last_row BIGINT NOT NULL
);
