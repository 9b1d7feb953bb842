/*
 * Each verb of the table, said on Matrix in every way it can be written: one that gets
 * no answer, or an apology, is a fault; what is private is answered in private. A new
 * verb is tried without a line here.
 */
#include "bot/command.h"
#include "tests/wire/matrix_syncs.h"

#define INC        "!inc:x"
#define INC_PART   "/rooms/%21inc%3Ax/"
#define OPS        "!ops:x"
#define SEND       "/send/m.room.message/"
#define DOT        "\xc2\xb7"
#define LINE_BYTES 300

/* What is put for the arguments of a usage line. */
static const char *const words[][2] = {
    {"@who", "@tove"},       {"LEVEL", "sev3"}, {"TIME", "08:00"},
    {"WHEN", "2h"},          {"N", "1"},        {"M", "2"},
    {"ROLE", "scribe"},      {"VERB", "note"},  {"SECTION", "messages"},
    {"SERVICE", "checkout"}, {"S", "checkout"},
};

static void add_word(char *line, const char *word, size_t length)
{
    size_t used = strlen(line);
    const char *dot = strstr(word, DOT);
    size_t fit = dot != NULL && dot < word + length ? (size_t)(dot - word) : length;

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (fit == strlen(words[i][0]) && strncmp(word, words[i][0], fit) == 0) {
            word = words[i][1];
            fit = strlen(word);
        }
    }
    snprintf(line + used, LINE_BYTES - used, "%s%.*s", used == 0 ? "" : " ", (int)fit,
             word);
}

/* A usage line with something for each argument, or for those alone that must be. */
static void spell(const char *usage, bool is_whole, char line[LINE_BYTES])
{
    char bare[LINE_BYTES];
    size_t used = 0;
    bool is_optional = false;

    for (const char *at = usage; *at != '\0' && used + 1 < sizeof(bare); at++) {
        is_optional = *at == '[' || (is_optional && *at != ']');
        if (*at != '[' && *at != ']' && (is_whole || !is_optional)) {
            bare[used++] = *at;
        }
    }
    bare[used] = '\0';
    line[0] = '\0';
    for (const char *at = bare + strspn(bare, " "); *at != '\0';
         at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");

        add_word(line, at, length);
        at += length;
    }
}

/* How often something was sent, edits left out, and how often elsewhere than into the
 * incident's room. */
struct sent {
    size_t all, elsewhere;
};

static struct sent count_sent(struct matrix_peer *peer)
{
    struct sent sent = {0, 0};

    for (size_t i = 0; i < peer->call_count; i++) {
        if (strstr(peer->calls[i], SEND) != NULL &&
            strstr(peer->bodies[i], "\"body\":\"* ") == NULL) {
            sent.all += 1;
            sent.elsewhere += strstr(peer->calls[i], INC_PART) == NULL ? 1 : 0;
        }
    }
    return sent;
}

struct place {
    const char *room, *prefix, *reference;
};

static void say(struct matrix_peer *peer, const char *room, const char *text)
{
    static int said;
    char id[30];

    snprintf(id, sizeof(id), "$said%d", ++said);
    matrix_peer_room(peer, room, NULL, NULL, message(id, text));
    matrix_peer_await(peer, is_idle);
}

/* The line behind its verb, with the incident it is about where that must be said. */
static void say_verb(struct matrix_peer *peer, const struct place *place,
                     const struct command *command, const char *line)
{
    const char *rest = line + strlen(command->name);
    bool is_two = strncmp(rest, " done", 5) == 0;
    char text[LINE_BYTES + 40];

    rest += is_two ? 5 : 0;
    snprintf(text, sizeof(text), "%s%s%s%s%s", place->prefix, command->name,
             is_two ? " done" : "", place->reference, rest);
    say(peer, place->room, text);
}

static void try_line(struct matrix_peer *peer, const struct place *place,
                     const struct command *command, const char *line)
{
    struct sent before = count_sent(peer), after;
    size_t taken = matrix_peer_calls(peer, "/redact/");
    bool is_private =
        command->is_private ||
        (command->private_flag != NULL && strstr(line, command->private_flag) != NULL);
    bool is_open = strcmp(place->room, INC) == 0;

    say_verb(peer, place, command, line);
    after = count_sent(peer);
    if (after.all == before.all) {
        fail_msg("no answer to: %s", line);
    }
    if (is_private && is_open &&
        after.all - before.all != after.elsewhere - before.elsewhere) {
        fail_msg("answered before all: %s", line);
    }
    if (is_private && is_open && matrix_peer_calls(peer, "/redact/") == taken) {
        fail_msg("left for all to read: %s", line);
    }
    say(peer, INC, "!inc reopen for the next one");
}

static void try_verb(struct matrix_peer *peer, const struct place *place,
                     const struct command *command)
{
    struct arena *arena = arena_create();
    char least[LINE_BYTES], most[LINE_BYTES];
    size_t form;

    for (size_t at = 0; command_listed(command, at, &form); at++) {
        const char *usage = command_usage(arena, command, form);

        spell(usage, false, least);
        spell(usage, true, most);
        try_line(peer, place, command, least);
        if (strcmp(least, most) != 0) {
            try_line(peer, place, command, most);
        }
    }
    arena_destroy(arena);
}

static void try_all(struct matrix_peer *peer, const struct place *place)
{
    for (size_t i = 0; command_table[i] != NULL; i++) {
        try_verb(peer, place, command_table[i]);
    }
    assert_int_equal(matrix_peer_sent(peer, "by a fault of mine"), 0);
    assert_int_equal(
        matrix_peer_number(peer,
                           "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL"),
        0);
}

/* An incident with something in it, and its people. */
static struct matrix_peer *begin(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL,
                     matrix_peer_message("$tove", "@tove:x", "here"));
    say(peer, INC, "!inc factor technical the queue was full");
    say(peer, INC, "!inc factor process nobody watched it");
    say(peer, INC, "!inc followup @tove watch it due 2099-03-20");
    return peer;
}

static void verbs__are_answered__in_the_incident(void **state)
{
    try_all(begin(state), &(struct place){INC, "!inc ", ""});
}

static void verbs__are_answered__in_another_room(void **state)
{
    try_all(begin(state), &(struct place){OPS, "!incident ", " inc-1"});
}

/* The room that the bot makes to talk with them alone. */
static void verbs__are_answered__in_a_direct_room(void **state)
{
    struct matrix_peer *peer = begin(state);
    struct place place = {"", "", ""};
    char room[40];

    say(peer, INC, "!inc catchup");
    for (size_t i = 0; i < peer->call_count; i++) {
        if (strstr(peer->calls[i], "createRoom") != NULL) {
            snprintf(room, sizeof(room), "!made%zu:x", i + 1);
        }
    }
    place.room = room;
    try_all(peer, &place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(verbs__are_answered__in_the_incident),
        PEER_TEST(verbs__are_answered__in_another_room),
        PEER_TEST(verbs__are_answered__in_a_direct_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
