-- Whether an update was due when it was because somebody had put its reminder off. Until now the draft of a
-- retrospective read that from the words on the timeline.
ALTER TABLE updates ADD COLUMN put_off BIGINT NOT NULL DEFAULT 0;
UPDATE updates SET put_off = 1 WHERE audience = 'inside' AND due_ms IS NOT NULL AND EXISTS (
    SELECT 1 FROM timeline t WHERE t.incident_id = updates.incident_id AND t.kind = 'nudge'
        AND t.text LIKE 'inside update put off until %' AND t.at_ms <= updates.at_ms
        AND t.at_ms >= (
            SELECT COALESCE(MAX(before.at_ms), 0) FROM updates before
            WHERE before.incident_id = updates.incident_id AND before.audience = 'inside' AND before.id < updates.id));
