-- Which event of the platform brought the words of an edit: it may be deleted alone.
ALTER TABLE timeline_changes ADD COLUMN event TEXT;
CREATE INDEX timeline_changes_by_event ON timeline_changes (event)
    WHERE event IS NOT NULL;
