/*
 * Who is in a room that is to be a conversation with one person. An invitation, or the
 * account's list, may say so of any room, and whoever made it may bring others in
 * later: so the members are counted before each use, and a third one, once heard of,
 * ends it.
 */
#include "adapters/matrix_inner.h"
#include "bot/base/text.h"

void matrix_company_ask(struct matrix_deed *deed, matrix_deed_fn *fn)
{
    matrix_deed_get(
        deed, matrix_deed_path(deed, deed->room, "members?not_membership=leave"), fn);
}

bool matrix_company_is_unsaid(const struct matrix_answer *answer)
{
    return !answer->is_too_big &&
           (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN);
}

static bool is_in(struct json_slice membership)
{
    return json_slice_is(membership, "join") || json_slice_is(membership, "invite");
}

static void count_member(struct matrix_company *company, const char *self,
                         const char *person, struct json_slice event)
{
    struct json_slice who = json_scan_member(event, "state_key");
    struct json_slice membership = json_scan_path(event, "content.membership");

    if (json_slice_is(who, self)) {
        company->are_we_in = json_slice_is(membership, "join");
    } else if (person != NULL && json_slice_is(who, person)) {
        company->membership = membership;
    } else if (is_in(membership)) {
        company->has_others = true;
    }
}

/* More people than fit an answer are others, certainly. */
struct matrix_company matrix_company_of(const struct matrix_deed *deed,
                                        const struct matrix_answer *answer,
                                        const char *person)
{
    struct matrix_company company = {.has_others = answer->is_too_big};
    struct json_slice chunk = json_scan_member(answer->body, "chunk"), cursor = {0};

    if (answer->kind != OUTCOME_DONE) {
        return company;
    }
    while (json_scan_next(chunk, &cursor)) {
        count_member(&company, deed->matrix->self.user, person, cursor);
    }
    return company;
}

void matrix_company_watch(struct matrix *matrix, const char *room,
                          struct json_slice event)
{
    const char *person = matrix_room_direct(matrix, room);
    struct json_slice who;

    /* Known already, it is remembered again: the turn that did may have failed. */
    if ((person == NULL && !matrix_room_is_shared(matrix, room)) ||
        !json_slice_is(json_scan_member(event, "type"), "m.room.member") ||
        !is_in(json_scan_path(event, "content.membership"))) {
        return;
    }
    who = json_scan_member(event, "state_key");
    if (who.data != NULL && !json_slice_is(who, matrix->self.user) &&
        (person == NULL || !json_slice_is(who, person))) {
        matrix_room_shared(matrix, room);
    }
}

void matrix_company_counted(struct matrix *matrix, const char *room, int64_t people)
{
    if (people > 2) {
        matrix_room_shared(matrix, room);
    }
}

/* ---- we came in */

static void on_met(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix *matrix = deed->matrix;
    const char *person = matrix_room_direct(matrix, deed->room);
    struct matrix_company company = matrix_company_of(deed, answer, person);
    const char *name = arena_printf(deed->arena, "direct %s", text_or(person, ""));
    const char *known;

    if (matrix_company_is_unsaid(answer)) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (company.has_others) {
        matrix_room_shared(matrix, deed->room);
    } else if (company.are_we_in && person != NULL) {
        if (!matrix_deed_recall(deed, name, &known)) {
            return;
        }
        if (known == NULL || matrix_room_is_shared(matrix, known)) {
            ear_remember(matrix->ears, &matrix->adapter, name, deed->room);
        }
    }
    matrix_deed_done(deed, deed->room, NULL);
}

void matrix_direct_met(struct matrix_deed *deed)
{
    if (matrix_room_direct(deed->matrix, deed->room) == NULL) {
        matrix_deed_done(deed, deed->room, NULL);
    } else {
        matrix_company_ask(deed, on_met);
    }
}
