-- The first schema. Times are milliseconds since 1970, UTC; NULL is "not known".

-- Who is who. A handle is unique without regard to the case of ASCII letters (handle_key).
CREATE TABLE people (
    id {id},
    handle TEXT NOT NULL,
    handle_key TEXT NOT NULL UNIQUE,
    name TEXT,
    name_key TEXT,
    zone TEXT,
    phone TEXT,
    team TEXT,
    mentor_id BIGINT REFERENCES people,
    in_directory BIGINT NOT NULL DEFAULT 0,
    retired_ms BIGINT,
    away_until_ms BIGINT,
    listed_ms BIGINT
);
CREATE INDEX people_by_name ON people (name_key);
CREATE TABLE identities (
    adapter TEXT NOT NULL,
    external TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    zone TEXT,
    PRIMARY KEY (adapter, external)
);
CREATE INDEX identities_by_person ON identities (person_id, adapter, external);
CREATE TABLE skills (
    person_id BIGINT NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    from_file BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, name)
);
CREATE TABLE buddies (
    person_id BIGINT NOT NULL REFERENCES people,
    buddy_id BIGINT NOT NULL REFERENCES people,
    position BIGINT NOT NULL DEFAULT 0,
    agreed_ms BIGINT,
    from_file BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, buddy_id)
);

-- Services, and who is on duty for them.
CREATE TABLE services (
    id {id},
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    team TEXT,
    retired_ms BIGINT
);
CREATE TABLE service_words (
    service_id BIGINT NOT NULL REFERENCES services,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (service_id, kind, word)
);
CREATE TABLE service_owners (
    service_id BIGINT NOT NULL REFERENCES services,
    person_id BIGINT NOT NULL REFERENCES people,
    position BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (service_id, person_id)
);
CREATE TABLE service_links (
    service_id BIGINT NOT NULL REFERENCES services,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (service_id, kind, url)
);
CREATE TABLE rotas (
    service_id BIGINT PRIMARY KEY REFERENCES services,
    shift_ms BIGINT NOT NULL,
    from_ms BIGINT NOT NULL,
    zone TEXT
);
CREATE TABLE rota_people (
    service_id BIGINT NOT NULL REFERENCES services,
    position BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (service_id, position)
);
CREATE TABLE rota_overrides (
    id {id},
    service_id BIGINT NOT NULL REFERENCES services,
    person_id BIGINT NOT NULL REFERENCES people,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    from_file BIGINT NOT NULL DEFAULT 0
);

-- Incidents. The reference people type is inc-ID.
CREATE TABLE incidents (
    id {id},
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    severity_why TEXT,
    severity_by_judgement BIGINT NOT NULL DEFAULT 0,
    severity_person_id BIGINT REFERENCES people,
    private BIGINT NOT NULL DEFAULT 0,
    drill BIGINT NOT NULL DEFAULT 0,
    service_id BIGINT REFERENCES services,
    declared_by BIGINT NOT NULL REFERENCES people,
    declared_ms BIGINT NOT NULL,
    started_ms BIGINT,
    detected_ms BIGINT,
    detected_how TEXT,
    mitigated_ms BIGINT,
    normal_ms BIGINT,
    resolved_ms BIGINT,
    resolved_text TEXT,
    adapter TEXT NOT NULL,
    channel TEXT,
    channel_name TEXT NOT NULL,
    headline_row BIGINT,
    call_row BIGINT,
    next_n BIGINT NOT NULL DEFAULT 0,
    next_entry BIGINT NOT NULL DEFAULT 0,
    next_factor BIGINT NOT NULL DEFAULT 0,
    UNIQUE (adapter, channel)
);
CREATE INDEX incidents_open ON incidents (id)
    WHERE state IN ('suspected', 'active', 'mitigated');
CREATE TABLE members (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    joined_ms BIGINT NOT NULL,
    left_ms BIGINT,
    PRIMARY KEY (incident_id, person_id)
);
CREATE TABLE timeline (
    id {row},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id BIGINT REFERENCES people,
    text TEXT NOT NULL,
    pinned BIGINT NOT NULL DEFAULT 0,
    edited_ms BIGINT,
    deleted_ms BIGINT,
    dropped_ms BIGINT,
    length_bytes BIGINT,
    adapter TEXT,
    channel TEXT,
    message TEXT,
    thread TEXT,
    subject BIGINT,
    UNIQUE (adapter, channel, message),
    UNIQUE (incident_id, n)
);
CREATE INDEX timeline_by_time ON timeline (incident_id, at_ms, n);
CREATE INDEX timeline_by_kind ON timeline (incident_id, kind) WHERE kind <> 'said';
CREATE INDEX timeline_pinned ON timeline (incident_id) WHERE pinned = 1;
CREATE TABLE timeline_versions (
    entry_id BIGINT NOT NULL REFERENCES timeline,
    at_ms BIGINT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX timeline_versions_by_entry ON timeline_versions (entry_id);
CREATE TABLE timeline_pins (
    entry_id BIGINT NOT NULL REFERENCES timeline,
    person_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (entry_id, person_id)
);

-- Who holds which role, from when to when; and what was offered and waits for a yes.
CREATE TABLE holds (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    role TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT
);
CREATE INDEX holds_by_incident ON holds (incident_id, role);
CREATE INDEX holds_by_person ON holds (person_id);
CREATE TABLE offers (
    id {id},
    kind TEXT NOT NULL,
    incident_id BIGINT REFERENCES incidents,
    from_id BIGINT REFERENCES people,
    to_id BIGINT NOT NULL REFERENCES people,
    note TEXT,
    made_ms BIGINT NOT NULL,
    ends_ms BIGINT,
    state TEXT NOT NULL,
    settled_ms BIGINT
);
CREATE INDEX offers_by_person ON offers (to_id, state);

-- Work.
CREATE TABLE tasks (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    what TEXT NOT NULL,
    owner_id BIGINT REFERENCES people,
    giver_id BIGINT NOT NULL REFERENCES people,
    state TEXT NOT NULL,
    due_ms BIGINT,
    made_ms BIGINT NOT NULL,
    offered_ms BIGINT NOT NULL,
    acked_ms BIGINT,
    done_ms BIGINT,
    result TEXT,
    card_row BIGINT,
    PRIMARY KEY (incident_id, n)
);
CREATE INDEX tasks_by_owner ON tasks (owner_id, state);
CREATE TABLE task_offers (
    id {id},
    incident_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    offered_ms BIGINT NOT NULL,
    answer TEXT,
    answered_ms BIGINT,
    FOREIGN KEY (incident_id, n) REFERENCES tasks (incident_id, n)
);
CREATE INDEX task_offers_by_task ON task_offers (incident_id, n);
CREATE TABLE parked (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    made_ms BIGINT NOT NULL,
    done_ms BIGINT,
    PRIMARY KEY (incident_id, n)
);

-- Help. A page N is one wish for help; each person called for it is a call.
CREATE TABLE pages (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    asker_id BIGINT NOT NULL REFERENCES people,
    why TEXT,
    wanted_id BIGINT REFERENCES people,
    service_id BIGINT REFERENCES services,
    state TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    round BIGINT NOT NULL DEFAULT 1,
    is_escalation BIGINT NOT NULL DEFAULT 0,
    answered_ms BIGINT,
    answered_by BIGINT REFERENCES people,
    card_row BIGINT,
    PRIMARY KEY (incident_id, n)
);
CREATE TABLE page_calls (
    id {id},
    incident_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    reason TEXT,
    round BIGINT NOT NULL,
    state TEXT NOT NULL,
    sent_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    message_row BIGINT,
    FOREIGN KEY (incident_id, n) REFERENCES pages (incident_id, n)
);
CREATE INDEX page_calls_by_page ON page_calls (incident_id, n);
CREATE INDEX page_calls_by_person ON page_calls (person_id, state);
CREATE TABLE questions (
    id {id},
    incident_id BIGINT REFERENCES incidents,
    asker_id BIGINT NOT NULL REFERENCES people,
    person_id BIGINT NOT NULL REFERENCES people,
    text TEXT NOT NULL,
    asked_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    state TEXT NOT NULL
);
CREATE INDEX questions_by_person ON questions (person_id, state);

-- Telling others.
CREATE TABLE updates (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    at_ms BIGINT NOT NULL,
    audience TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    text TEXT NOT NULL,
    due_ms BIGINT
);
CREATE INDEX updates_by_incident ON updates (incident_id, audience);

-- Learning.
CREATE TABLE factors (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    held BIGINT NOT NULL DEFAULT 0,
    dropped_ms BIGINT,
    entry_n BIGINT,
    PRIMARY KEY (incident_id, n)
);
CREATE TABLE factor_links (
    incident_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    because_n BIGINT NOT NULL,
    entry_n BIGINT,
    PRIMARY KEY (incident_id, n, because_n),
    FOREIGN KEY (incident_id, n) REFERENCES factors (incident_id, n),
    FOREIGN KEY (incident_id, because_n) REFERENCES factors (incident_id, n)
);
CREATE TABLE lessons (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    dropped_ms BIGINT,
    entry_n BIGINT
);
CREATE INDEX lessons_by_incident ON lessons (incident_id, kind);
CREATE TABLE followups (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    what TEXT NOT NULL,
    owner_id BIGINT NOT NULL REFERENCES people,
    maker_id BIGINT NOT NULL REFERENCES people,
    due_ms BIGINT,
    why TEXT,
    stops TEXT,
    state TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    done_ms BIGINT,
    result TEXT,
    dropped_ms BIGINT,
    entry_n BIGINT
);
CREATE INDEX followups_by_incident ON followups (incident_id);
CREATE INDEX followups_by_state ON followups (state, due_ms);
CREATE TABLE retros (
    incident_id BIGINT PRIMARY KEY REFERENCES incidents,
    state TEXT NOT NULL,
    drafted_ms BIGINT,
    due_ms BIGINT,
    published_ms BIGINT,
    published_by BIGINT REFERENCES people
);
CREATE TABLE retro_sections (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    post_row BIGINT,
    PRIMARY KEY (incident_id, section)
);

-- What falls due. (kind, incident, subject, person) names an alarm; setting it again moves it.
CREATE TABLE alarms (
    id {id},
    kind TEXT NOT NULL,
    incident_id BIGINT NOT NULL DEFAULT 0,
    subject BIGINT NOT NULL DEFAULT 0,
    person_id BIGINT NOT NULL DEFAULT 0,
    set_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    UNIQUE (kind, incident_id, subject, person_id)
);
CREATE INDEX alarms_by_due ON alarms (due_ms, id);
-- What somebody asked not to hear: until a moment, or for good (NULL).
CREATE TABLE quiets (
    kind TEXT NOT NULL,
    incident_id BIGINT NOT NULL DEFAULT 0,
    person_id BIGINT NOT NULL DEFAULT 0,
    until_ms BIGINT,
    PRIMARY KEY (kind, incident_id, person_id)
);
-- The last nudges that went out, so that `snooze` knows which is meant.
CREATE TABLE nudges (
    id {id},
    kind TEXT NOT NULL,
    incident_id BIGINT NOT NULL DEFAULT 0,
    subject BIGINT NOT NULL DEFAULT 0,
    person_id BIGINT NOT NULL DEFAULT 0,
    sent_ms BIGINT NOT NULL
);
CREATE INDEX nudges_by_incident ON nudges (incident_id, id);
CREATE INDEX nudges_by_person ON nudges (person_id, id);

-- Wires. What was heard, what is to be done, what an adapter must not forget.
CREATE TABLE inbox (
    adapter TEXT NOT NULL,
    event TEXT NOT NULL,
    heard_ms BIGINT NOT NULL,
    PRIMARY KEY (adapter, event)
);
CREATE INDEX inbox_by_age ON inbox (heard_ms);
CREATE TABLE outbox (
    id {row},
    adapter TEXT NOT NULL,
    lane TEXT NOT NULL,
    kind TEXT NOT NULL,
    incident_id BIGINT REFERENCES incidents,
    person_id BIGINT REFERENCES people,
    place TEXT,
    about_row BIGINT REFERENCES outbox,
    body TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    unsure BIGINT NOT NULL DEFAULT 0,
    claimed_by TEXT,
    claimed_until_ms BIGINT NOT NULL DEFAULT 0,
    done_ms BIGINT,
    ref TEXT,
    buried_why TEXT
);
CREATE INDEX outbox_waiting ON outbox (adapter, lane, id) WHERE done_ms IS NULL;
CREATE INDEX outbox_waiting_about ON outbox (about_row)
    WHERE done_ms IS NULL AND about_row IS NOT NULL;
CREATE INDEX outbox_to_forget ON outbox (done_ms) WHERE body <> '' AND done_ms IS NOT NULL;
CREATE INDEX outbox_by_ref ON outbox (ref, adapter) WHERE ref IS NOT NULL;
CREATE TABLE memory (
    adapter TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (adapter, name)
);
