/*
 * The room shared with one person alone: the one we remember, else one that the
 * account's list names (m.direct), else a new one. A new one has an alias of the row
 * that makes it, so that it is found again where the answer was lost. Who left it is
 * asked back once; whoever leaves again is left alone.
 */
#include <string.h>

#include <jansson.h>

#include "adapters/matrix_html.h"
#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/text.h"

#define CANDIDATES 20
#define NAME       "Muster"

static void look(struct matrix_deed *deed);
static void make(struct matrix_deed *deed);

/* ---- a new room */

static void direct_made(struct matrix_deed *deed)
{
    matrix_direct_remember(deed, "direct", deed->room);
    matrix_direct_remember(deed, "asked back to", "");
    matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
    if (deed->is_adopted) {
        deed->rooms = NULL; /* the invitation may be what it lacks */
        look(deed);
    } else {
        matrix_direct_list(deed);
    }
}

static void on_profile(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *colon = strchr(deed->action.person, ':');
    struct matrix_plan *plan = matrix_make_plan(deed, NULL);
    bool is_local = text_equal(colon + 1, deed->matrix->server);

    if (answer->status == 404 && is_local) {
        matrix_deed_never(deed, "the homeserver knows no such person");
        return;
    }
    if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    plan->op = matrix_write_mark(deed->arena, &deed->action);
    plan->name = text_or(deed->matrix->self.name, NAME);
    plan->is_direct = true;
    plan->federates = plan->federates || !is_local;
    plan->people = &deed->action.person;
    plan->person_count = 1;
    deed->plan = plan;
    deed->name = arena_printf(deed->arena, "muster-%lld-%s", (long long)deed->action.id,
                              matrix_make_word(deed));
    deed->made = direct_made;
    matrix_make(deed);
}

/* A homeserver invites people it has never heard of without a word. */
static void make(struct matrix_deed *deed)
{
    matrix_deed_get(deed,
                    arena_printf(deed->arena, "/_matrix/client/v3/profile/%s",
                                 matrix_write_part(deed->arena, deed->action.person)),
                    on_profile);
}

/* ---- a room that is there */

/* The next one the list names; behind the last a new one. */
static void next(struct matrix_deed *deed)
{
    static const char *none[] = {NULL};

    deed->rooms = deed->rooms == NULL ? none : deed->rooms;
    do {
        deed->room = deed->rooms[deed->step++];
    } while (matrix_room_is_sealed(deed->matrix, deed->room) ||
             matrix_room_is_shared(deed->matrix, deed->room));
    if (deed->room == NULL) {
        deed->step -= 1;
        make(deed);
    } else {
        look(deed);
    }
}

static void on_asked_back(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_direct_remember(deed, "asked back to", deed->room);
        matrix_direct_list(deed);
    } else if (answer->kind == OUTCOME_NEVER &&
               text_equal(answer->errcode, "M_FORBIDDEN")) {
        next(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void ask_back(struct matrix_deed *deed)
{
    const char *asked;

    if (!matrix_direct_recall(deed, "asked back to", &asked)) {
        return;
    }
    if (text_equal(asked, deed->room)) {
        matrix_deed_never(deed, "they left the conversation with the bot");
        return;
    }
    matrix_deed_post(
        deed, matrix_deed_path(deed, deed->room, "invite"),
        json_write_words(deed->arena, "user_id", deed->action.person, NULL),
        MATRIX_INVITES, on_asked_back);
}

/* They are in it, or were; nobody else is. */
static void on_theirs(struct matrix_deed *deed, struct json_slice membership)
{
    if (json_slice_is(membership, "join")) {
        matrix_direct_remember(deed, "asked back to", "");
        matrix_direct_list(deed);
    } else if (json_slice_is(membership, "invite")) {
        matrix_direct_list(deed);
    } else if (deed->rooms != NULL) {
        next(deed); /* one of the list: not theirs any more */
    } else if (json_slice_is(membership, "ban")) {
        matrix_deed_never(deed, "they are banned from the conversation with the bot");
    } else {
        ask_back(deed);
    }
}

static void on_company(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix_company company =
        matrix_company_of(deed, answer, deed->action.person);

    if (matrix_company_is_unsaid(answer)) {
        matrix_deed_fail(deed, answer);
    } else if (company.has_others) {
        matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
        matrix_room_shared(deed->matrix, deed->room);
        next(deed);
    } else if (!company.are_we_in) {
        next(deed);
    } else {
        on_theirs(deed, company.membership);
    }
}

static void look(struct matrix_deed *deed)
{
    matrix_company_ask(deed, on_company);
}

/* What was said there stays there, but nobody else reads what it becomes. */
static void on_company_of_old(struct matrix_deed *deed,
                              const struct matrix_answer *answer)
{
    if (matrix_company_is_unsaid(answer)) {
        matrix_deed_fail(deed, answer);
    } else if (matrix_company_of(deed, answer, deed->action.person).has_others) {
        matrix_room_shared(deed->matrix, deed->room);
        matrix_deed_never(deed, "others are in that conversation");
    } else {
        matrix_deed_sought(deed);
        deed->found(deed);
    }
}

/* Newest first, each room that the list names for them. */
static void read_list(struct matrix_deed *deed, struct json_slice list)
{
    struct json_slice rooms = json_scan_member(list, deed->action.person);
    struct json_slice cursor = {0};
    const char *all[CANDIDATES];
    size_t count = 0;

    while (count < CANDIDATES && json_scan_next(rooms, &cursor)) {
        const char *room = json_slice_text(deed->arena, cursor);

        if (room != NULL) {
            all[count++] = room;
        }
    }
    deed->rooms = ARENA_ARRAY(deed->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        deed->rooms[i] = all[count - 1 - i];
    }
}

static void on_first_list(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    read_list(deed,
              answer->kind == OUTCOME_DONE ? answer->body : (struct json_slice){0});
    next(deed);
}

static void find(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;
    bool is_about = action->kind == ACTION_AMEND || action->kind == ACTION_PIN;

    if (!matrix_is_user(action->person)) {
        matrix_deed_never(deed, "that is no account of Matrix");
        return;
    }
    if (!matrix_direct_recall(deed, "direct", &deed->room)) {
        return;
    }
    deed->rooms = NULL;
    deed->step = 0;
    if (is_about && deed->room == NULL) {
        matrix_deed_never(deed, "the conversation is gone");
    } else if (is_about) {
        matrix_company_ask(deed, on_company_of_old);
    } else if (matrix_room_is_sealed(deed->matrix, deed->room) ||
               matrix_room_is_shared(deed->matrix, deed->room)) {
        next(deed);
    } else if (deed->room != NULL) {
        look(deed);
    } else {
        matrix_deed_get(deed, matrix_direct_path(deed), on_first_list);
    }
}

void matrix_direct_find(struct matrix_deed *deed)
{
    matrix_deed_seek(deed, text_or(deed->action.person, ""), find);
}
