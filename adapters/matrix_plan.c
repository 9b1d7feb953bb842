/* Rooms as they are to be: the body of createRoom, and the same state piece by piece.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "adapters/matrix_write.h"
#include "bot/base/err.h"
#include "bot/base/json.h"
#include "bot/base/text.h"

#define TOPIC_RUNES   1000
#define VERSION_RULES 8  /* the first with a join rule for members of a space */
#define VERSION_ABOVE 12 /* the first whose creators are above all power levels */

#define POWER_HELPER 50
#define POWER_OWNER  100
#define POWER_NEW    150 /* to move a room on, from VERSION_ABOVE on */

static long version_of(const struct matrix_plan *plan)
{
    return strtol(text_or(plan->version, "0"), NULL, 10);
}

/* Encryption would shut us out, so only the owner may switch it on: and never does. */
static json_t *event_powers(const struct matrix_plan *plan)
{
    json_t *events = json_object();
    static const struct {
        const char *type;
        int power;
    } powers[] = {
        {"m.room.name", POWER_HELPER},
        {"m.room.topic", POWER_HELPER},
        {"m.room.pinned_events", POWER_HELPER},
        {"m.room.power_levels", POWER_OWNER},
        {"m.room.encryption", POWER_OWNER},
        {"m.room.history_visibility", POWER_OWNER},
        {"m.room.server_acl", POWER_OWNER},
    };

    for (size_t i = 0; i < sizeof(powers) / sizeof(powers[0]); i++) {
        json_object_set_new(events, powers[i].type, json_integer(powers[i].power));
    }
    json_object_set_new(
        events, "m.room.tombstone",
        json_integer(version_of(plan) >= VERSION_ABOVE ? POWER_NEW : POWER_OWNER));
    return events;
}

/* Who is in an incident brings others in; a private one has one door, and that is us.
 */
static json_t *powers_of(const struct matrix_plan *plan)
{
    bool is_guarded = plan->is_space || plan->is_private || plan->is_direct;
    json_t *users = json_object();

    if (version_of(plan) < VERSION_ABOVE) {
        json_object_set_new(users, plan->creator, json_integer(POWER_OWNER));
    }
    return json_pack("{s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:{s:i}}", "users",
                     users, "users_default", 0, "events_default",
                     plan->is_space ? POWER_OWNER : 0, "state_default", POWER_HELPER,
                     "ban", POWER_HELPER, "kick", POWER_HELPER, "redact", POWER_HELPER,
                     "invite", is_guarded ? POWER_HELPER : 0, "events",
                     event_powers(plan), "notifications", "room", POWER_HELPER);
}

static json_t *join_rule_of(const struct matrix_plan *plan)
{
    bool is_open = plan->space != NULL && !plan->is_private && !plan->is_space &&
                   version_of(plan) >= VERSION_RULES;

    if (plan->is_space && plan->is_open_to_server) {
        return json_pack("{s:s}", "join_rule", "public");
    }
    if (is_open) {
        return json_pack("{s:s, s:[{s:s, s:s}]}", "join_rule", "restricted", "allow",
                         "type", "m.room_membership", "room_id", plan->space);
    }
    return json_pack("{s:s}", "join_rule", "invite");
}

/* The servers whose people may come into a space that is open. */
static json_t *acl_of(const struct matrix_plan *plan)
{
    json_t *allowed = json_pack("[s]", plan->server);

    for (size_t i = 0; i < plan->server_count; i++) {
        json_array_append_new(allowed, json_string(plan->servers[i]));
    }
    return json_pack("{s:o, s:[], s:b}", "allow", allowed, "deny", "allow_ip_literals",
                     1);
}

struct states {
    struct arena *arena;
    struct matrix_state *all;
    size_t count;
};

static void add_state(struct states *states, const char *type, const char *key,
                      json_t *content)
{
    INSIST(states->count < MATRIX_STATES);
    states->all[states->count++] = (struct matrix_state){
        .type = type, .key = key, .content = json_write(states->arena, content)};
}

size_t matrix_write_states(struct arena *arena, const struct matrix_plan *plan,
                           struct matrix_state states[MATRIX_STATES])
{
    struct states list = {.arena = arena, .all = states};

    add_state(&list, "m.room.power_levels", "", powers_of(plan));
    add_state(&list, "m.room.join_rules", "", join_rule_of(plan));
    add_state(&list, "m.room.history_visibility", "",
              json_pack("{s:s}", "history_visibility", "shared"));
    add_state(&list, "m.room.guest_access", "",
              json_pack("{s:s}", "guest_access", "forbidden"));
    if (plan->space != NULL) {
        add_state(&list, "m.space.parent", plan->space,
                  json_pack("{s:[s], s:b}", "via", plan->server, "canonical", 1));
    }
    if (plan->is_space && plan->is_open_to_server && plan->federates) {
        add_state(&list, "m.room.server_acl", "", acl_of(plan));
    }
    if (!text_is_empty(plan->name)) {
        add_state(&list, "m.room.name", "", json_pack("{s:s}", "name", plan->name));
    }
    if (!text_is_empty(plan->topic)) {
        add_state(&list, "m.room.topic", "",
                  json_parse(matrix_write_topic(arena, plan->topic),
                             strlen(matrix_write_topic(arena, plan->topic))));
    }
    return list.count;
}

static json_t *creation_of(const struct matrix_plan *plan)
{
    json_t *creation = json_object();

    if (plan->is_space) {
        json_object_set_new(creation, "type", json_string("m.space"));
    }
    if (!plan->federates) {
        json_object_set_new(creation, "m.federate", json_false());
    }
    if (plan->op != NULL) {
        json_object_set_new(creation, MATRIX_OP_KEY, json_string(plan->op));
    }
    return creation;
}

static void set_word(json_t *body, const char *name, const char *word)
{
    if (!text_is_empty(word)) {
        json_object_set_new(body, name, json_string(word));
    }
}

/* Name and topic have members of their own in createRoom, power levels as well. */
static json_t *initial_of(struct arena *arena, const struct matrix_plan *plan)
{
    struct matrix_state states[MATRIX_STATES];
    size_t count = matrix_write_states(arena, plan, states);
    json_t *initial = json_array();

    for (size_t i = 0; i < count; i++) {
        const struct matrix_state *state = &states[i];

        if (!text_equal(state->type, "m.room.power_levels") &&
            !text_equal(state->type, "m.room.name") &&
            !text_equal(state->type, "m.room.topic")) {
            json_array_append_new(
                initial, json_pack("{s:s, s:s, s:o}", "type", state->type, "state_key",
                                   state->key, "content",
                                   json_parse(state->content, strlen(state->content))));
        }
    }
    return initial;
}

char *matrix_write_create(struct arena *arena, const struct matrix_plan *plan)
{
    json_t *body =
        json_pack("{s:s, s:s}", "preset", "private_chat", "visibility", "private");
    json_t *people = json_array();

    set_word(body, "room_alias_name", plan->alias);
    set_word(body, "name", plan->name);
    if (!text_is_empty(plan->topic)) {
        set_word(body, "topic", text_brief(arena, plan->topic, TOPIC_RUNES));
    }
    set_word(body, "room_version", plan->version);
    if (plan->is_direct) {
        json_object_set_new(body, "is_direct", json_true());
    }
    json_object_set_new(body, "creation_content", creation_of(plan));
    json_object_set_new(body, "power_level_content_override", powers_of(plan));
    json_object_set_new(body, "initial_state", initial_of(arena, plan));
    for (size_t i = 0; i < plan->person_count; i++) {
        json_array_append_new(people, json_string(plan->people[i]));
    }
    json_object_set_new(body, "invite", people);
    return json_write(arena, body);
}

char *matrix_write_child(struct arena *arena, const char *server, const char *order)
{
    return json_write(arena, json_pack("{s:[s], s:s, s:b}", "via", server, "order",
                                       order, "suggested", 0));
}

char *matrix_write_parent(struct arena *arena, const char *server)
{
    return json_write(arena, json_pack("{s:[s], s:b}", "via", server, "canonical", 1));
}

char *matrix_write_topic(struct arena *arena, const char *topic)
{
    return json_write_words(arena, "topic",
                            text_brief(arena, text_or(topic, ""), TOPIC_RUNES), NULL);
}
