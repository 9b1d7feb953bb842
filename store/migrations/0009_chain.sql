-- A chain over each incident's timeline (store/chain.h). Links of rows that are there
-- already are made when the store is next opened: SQL has no SHA-256.
ALTER TABLE incidents ADD COLUMN chain TEXT NOT NULL DEFAULT '';
-- The salt goes with the words; then their hash stands in `gone`. `hash` is the link.
ALTER TABLE timeline ADD COLUMN salt TEXT;
ALTER TABLE timeline ADD COLUMN gone TEXT;
ALTER TABLE timeline ADD COLUMN hash TEXT;

-- What befell an entry later: edit (with the words it had before), delete, drop, redact.
-- `after_n` is the incident's last entry then; `words` the hash of the new ones.
CREATE TABLE timeline_changes (
    id {row},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    entry_id BIGINT NOT NULL REFERENCES timeline,
    after_n BIGINT NOT NULL,
    at_ms BIGINT,
    what TEXT NOT NULL,
    text TEXT,
    length_bytes BIGINT,
    salt TEXT,
    gone TEXT,
    words TEXT,
    hash TEXT
);
-- Of what was deleted there are no words any more.
DELETE FROM timeline_versions
    WHERE entry_id IN (SELECT id FROM timeline WHERE deleted_ms IS NOT NULL);
UPDATE timeline SET text = '', length_bytes = NULL, edited_ms = NULL
    WHERE deleted_ms IS NOT NULL;
INSERT INTO timeline_changes (incident_id, entry_id, after_n, at_ms, what, text)
    SELECT t.incident_id, v.entry_id, i.next_entry, v.at_ms, 'edit', v.text
    FROM timeline_versions v JOIN timeline t ON t.id = v.entry_id
    JOIN incidents i ON i.id = t.incident_id ORDER BY t.incident_id, v.at_ms;
INSERT INTO timeline_changes (incident_id, entry_id, after_n, at_ms, what)
    SELECT t.incident_id, t.id, i.next_entry, t.deleted_ms, 'delete'
    FROM timeline t JOIN incidents i ON i.id = t.incident_id
    WHERE t.deleted_ms IS NOT NULL ORDER BY t.id;
INSERT INTO timeline_changes (incident_id, entry_id, after_n, at_ms, what)
    SELECT t.incident_id, t.id, i.next_entry, t.dropped_ms, 'drop'
    FROM timeline t JOIN incidents i ON i.id = t.incident_id
    WHERE t.dropped_ms IS NOT NULL ORDER BY t.id;
UPDATE timeline SET edited_ms = (SELECT MAX(v.at_ms) FROM timeline_versions v
                                 WHERE v.entry_id = timeline.id)
    WHERE id IN (SELECT entry_id FROM timeline_versions);
CREATE INDEX timeline_changes_by_place ON timeline_changes (incident_id, after_n);
CREATE INDEX timeline_changes_by_entry ON timeline_changes (entry_id);
DROP TABLE timeline_versions;

INSERT INTO memory (adapter, name, value) VALUES ('bot', 'chain', 'to be made');
