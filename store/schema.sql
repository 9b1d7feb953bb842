-- The schema as it is today: a new store gets this, an older one comes here by migrations/. Times are milliseconds
-- since 1970, UTC; NULL is "not known".

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
-- Buddies of the directory who would rather not.
CREATE TABLE buddy_ends (
    person_id BIGINT NOT NULL REFERENCES people,
    buddy_id BIGINT NOT NULL REFERENCES people,
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
-- Requests to be on call in somebody's place.
CREATE TABLE covers (
    id {id},
    service_id BIGINT NOT NULL REFERENCES services,
    person_id BIGINT NOT NULL REFERENCES people,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    state TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    cover_id BIGINT REFERENCES people,
    settled_ms BIGINT
);
CREATE INDEX covers_by_person ON covers (person_id, state);

-- Incidents. The reference people type is inc-ID. next_entry and chain are of a former time: see chains.
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
    summary TEXT,
    chain TEXT NOT NULL DEFAULT '',
    reopened_ms BIGINT, -- when it came back after its end
    UNIQUE (adapter, channel)
);
CREATE INDEX incidents_open ON incidents (id)
    WHERE state IN ('suspected', 'active', 'mitigated');
-- What was answered to the five questions of impact. No word: the question was skipped.
CREATE TABLE impacts (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    question TEXT NOT NULL,
    word TEXT,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (incident_id, question)
);
-- Who belongs to an incident; rests_until_ms: not to be asked for anything meanwhile.
CREATE TABLE members (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    joined_ms BIGINT NOT NULL,
    left_ms BIGINT,
    rests_until_ms BIGINT,
    PRIMARY KEY (incident_id, person_id)
);
-- Brought in by the severity while they slept, and not told yet.
CREATE TABLE quiet_invites (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (incident_id, person_id)
);
-- Which incidents have to do with each other. Of a duplicate, incident_id is the one that was closed; of related
-- ones, the older.
CREATE TABLE relations (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    other_id BIGINT NOT NULL REFERENCES incidents,
    kind TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (incident_id, other_id, kind)
);
CREATE INDEX relations_by_other ON relations (other_id);
-- What was said and done. The salt goes with the words; then their hash stands in `gone`. `hash` is the link of the
-- chain over each incident's timeline (store/chain.h).
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
    salt TEXT,
    gone TEXT,
    hash TEXT,
    UNIQUE (adapter, channel, message),
    UNIQUE (incident_id, n)
);
CREATE INDEX timeline_by_time ON timeline (incident_id, at_ms, n);
CREATE INDEX timeline_by_kind ON timeline (incident_id, kind) WHERE kind <> 'said';
CREATE INDEX timeline_pinned ON timeline (incident_id) WHERE pinned = 1;
CREATE TABLE timeline_pins (
    entry_id BIGINT NOT NULL REFERENCES timeline,
    person_id BIGINT NOT NULL REFERENCES people,
    PRIMARY KEY (entry_id, person_id)
);
-- What befell an entry later: edit (with the words it had before), delete, drop, redact.
-- `after_n` is the incident's last entry then, `words` the hash of the new ones; `event` of the platform brought
-- the words of an edit: it may be deleted alone.
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
    hash TEXT,
    event TEXT
);
CREATE INDEX timeline_changes_by_place ON timeline_changes (incident_id, after_n);
CREATE INDEX timeline_changes_by_entry ON timeline_changes (entry_id);
CREATE INDEX timeline_changes_by_event ON timeline_changes (event)
    WHERE event IS NOT NULL;
-- Where each incident's chain ends: a row of its own, because it changes with every message.
CREATE TABLE chains (
    incident_id {row} REFERENCES incidents,
    n BIGINT NOT NULL DEFAULT 0,
    hash TEXT NOT NULL DEFAULT ''
);

-- Breaks: somebody covers from their yes on, with all the roles of whoever rests.
CREATE TABLE pauses (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    deputy_id BIGINT REFERENCES people,
    by_choice BIGINT NOT NULL DEFAULT 0,
    length_ms BIGINT NOT NULL,
    asked_ms BIGINT NOT NULL,
    from_ms BIGINT,
    ended_ms BIGINT
);
CREATE INDEX pauses_by_incident ON pauses (incident_id, person_id);
-- Who holds which role, from when to when; and what was offered and waits for a yes (subject: about which row).
CREATE TABLE holds (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    role TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT,
    pause_id BIGINT REFERENCES pauses
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
    settled_ms BIGINT,
    subject BIGINT,
    message_row BIGINT
);
CREATE INDEX offers_by_person ON offers (to_id, state);
CREATE INDEX offers_by_subject ON offers (kind, subject);

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
    entry_n BIGINT,
    PRIMARY KEY (incident_id, n)
);
-- Experiments, and what came of them.
CREATE TABLE tries (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    n BIGINT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    made_ms BIGINT NOT NULL,
    outcome TEXT,
    result TEXT,
    settled_by BIGINT REFERENCES people,
    settled_ms BIGINT,
    outcome_n BIGINT,
    dropped_ms BIGINT,
    entry_n BIGINT,
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
-- A question that nobody knew the answer of goes on, in one name or two (with_id): root_id is the first of them.
CREATE TABLE questions (
    id {id},
    incident_id BIGINT REFERENCES incidents,
    asker_id BIGINT NOT NULL REFERENCES people,
    person_id BIGINT NOT NULL REFERENCES people,
    text TEXT NOT NULL,
    asked_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    state TEXT NOT NULL,
    with_id BIGINT REFERENCES people,
    root_id BIGINT
);
CREATE INDEX questions_by_person ON questions (person_id, state);
CREATE INDEX questions_by_root ON questions (root_id);

-- Telling others.
CREATE TABLE updates (
    id {id},
    incident_id BIGINT NOT NULL REFERENCES incidents,
    at_ms BIGINT NOT NULL,
    audience TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people,
    text TEXT NOT NULL,
    due_ms BIGINT,
    put_off BIGINT NOT NULL DEFAULT 0 -- due_ms is when somebody put its reminder off to
);
CREATE INDEX updates_by_incident ON updates (incident_id, audience);
-- Who wants a private word when an incident changes, and how it stood when they had the last.
CREATE TABLE subscriptions (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    person_id BIGINT NOT NULL REFERENCES people,
    since_ms BIGINT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (incident_id, person_id)
);

-- Learning. Whether a factor names a person (held is what follows from it), and how it was judged to have
-- contributed.
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
    names BIGINT NOT NULL DEFAULT 0,
    judged TEXT,
    judged_entry_n BIGINT,
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
-- A feeling's words are an entry of the timeline without a name; here is only a keyed
-- hash of its writer, so that they can take it back. Published, there is none any more.
CREATE TABLE feelings (
    incident_id BIGINT NOT NULL REFERENCES incidents,
    entry_n BIGINT NOT NULL,
    writer TEXT NOT NULL,
    PRIMARY KEY (incident_id, entry_n)
);
-- What is to be done later; looked at again after it was done: did it help? NULL: nobody has looked yet.
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
    entry_n BIGINT,
    helped BIGINT,
    verdict TEXT,
    verified_by BIGINT REFERENCES people,
    verified_ms BIGINT
);
CREATE INDEX followups_by_incident ON followups (incident_id);
CREATE INDEX followups_by_state ON followups (state, due_ms);
CREATE TABLE retros (
    incident_id BIGINT PRIMARY KEY REFERENCES incidents,
    state TEXT NOT NULL,
    drafted_ms BIGINT,
    due_ms BIGINT,
    published_ms BIGINT,
    published_by BIGINT REFERENCES people,
    owner_id BIGINT REFERENCES people,
    outside_text TEXT,
    outside_ms BIGINT,
    outside_by BIGINT REFERENCES people
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
-- What a person switched on or off for themselves; a switch nobody touched has no row.
CREATE TABLE switches (
    person_id BIGINT NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    is_on BIGINT NOT NULL,
    PRIMARY KEY (person_id, name)
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
-- Commands read so late that they were not run, until their speaker is told of them all in one message.
CREATE TABLE late_commands (
    id {id},
    person_id BIGINT NOT NULL REFERENCES people,
    adapter TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    line TEXT NOT NULL
);
CREATE INDEX late_commands_by_person ON late_commands (person_id);
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
-- What somebody waits for is claimed first, however much else there is to be done.
CREATE INDEX outbox_urgent ON outbox (adapter, id)
    WHERE done_ms IS NULL AND kind IN ('form', 'direct', 'whisper');
CREATE TABLE memory (
    adapter TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (adapter, name)
);
-- Ids a channel had before its platform gave it another. What was recorded under them stays so (the chain holds
-- it), and is looked for under the present one as well; each row names the present id.
CREATE TABLE former_channels (
    adapter TEXT NOT NULL,
    formerly TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (adapter, formerly)
);
CREATE INDEX former_channels_by_channel ON former_channels (adapter, channel);

-- Which entries hold some words, up to indexed_id; to_purge: words that were taken out
-- are still in the file. What stands for {search} is the engine's, see
-- store/search_engine.h.
CREATE {search};
CREATE TABLE search_state (
    indexed_id BIGINT NOT NULL,
    to_purge BIGINT NOT NULL
);
INSERT INTO search_state (indexed_id, to_purge) VALUES (0, 0);
