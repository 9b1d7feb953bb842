-- Which entries hold some words, up to indexed_id; to_purge: words that were taken out
-- are still in the file. What stands for {search} is the engine's, see
-- store/search_engine.h.
CREATE {search};
CREATE TABLE search_state (
    indexed_id BIGINT NOT NULL,
    to_purge BIGINT NOT NULL
);
INSERT INTO search_state (indexed_id, to_purge) VALUES (0, 0);
