-- When an incident that had ended came back: what is due in it counts from then.
ALTER TABLE incidents ADD COLUMN reopened_ms BIGINT;
UPDATE incidents SET reopened_ms = (
    SELECT MAX(t.at_ms) FROM timeline t
    WHERE t.incident_id = incidents.id AND t.kind = 'state' AND t.text LIKE 'reopened%');
