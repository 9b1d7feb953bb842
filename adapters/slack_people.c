/* Who somebody is: asked once a day for each person heard or spoken of, and told to the
 * bot. */
#include <stdlib.h>
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PATIENCE_MS                                                                    \
    1500 /* of what waits for a name: Slack shows an error after 3 s                   \
          */

static const char *name_of(struct arena *arena, struct json_slice user)
{
    static const char *const paths[] = {"profile.display_name", "name", "real_name"};

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        const char *name = json_slice_text(arena, json_scan_path(user, paths[i]));

        if (!text_is_empty(name)) {
            return name;
        }
    }
    return NULL;
}

static void frame_forget(struct slack_asked *asked)
{
    free(asked->frame);
    asked->frame = NULL;
    loop_timer_destroy(asked->timer);
    asked->timer = NULL;
}

/* The names as they are now, then what waited for them. */
static void frame_hear(void *arg)
{
    struct slack_asked *asked = arg;
    struct slack_asked waited = *asked;

    asked->frame = NULL;
    asked->timer = NULL;
    if (waited.frame != NULL) {
        slack_hear_again(waited.slack, waited.generation, waited.frame,
                         waited.frame_bytes);
    }
    frame_forget(&waited);
}

static void asked_end(struct slack_asked *asked)
{
    asked->is_busy = false;
    frame_hear(asked);
}

static struct slack_person *slot_of(struct slack *slack, uint64_t hash)
{
    return &slack->people[hash % SLACK_PEOPLE];
}

static void on_user(void *arg, const struct slack_answer *answer)
{
    struct slack_asked *asked = arg;
    struct slack *slack = asked->slack;
    struct arena *arena = ear_arena(slack->ears);
    struct json_slice user = json_scan_member(answer->body, "user");
    struct slack_person *known = slot_of(slack, text_hash(asked->user));
    struct chat_person person = {.id = arena_copy(arena, asked->user)};

    if (answer->kind == OUTCOME_DONE && user.data != NULL) {
        known->is_gone = known->hash == text_hash(asked->user) &&
                         json_slice_flag(json_scan_member(user, "deleted"), false);
        person.name = name_of(arena, user);
        person.zone = json_slice_text(arena, json_scan_member(user, "tz"));
        ear_person(slack->ears, &slack->adapter, &person);
    } else if (slack_error_is_lack(answer->error)) {
        slack_complain(slack, "users.info", answer->error);
    } else if (answer->kind != OUTCOME_NEVER) {
        known->hash = 0; /* when next heard */
    }
    asked_end(asked);
}

static bool is_known(struct slack *slack, const char *user)
{
    uint64_t hash = text_hash(user);
    const struct slack_person *person = slot_of(slack, hash);

    return person->hash == hash &&
           ear_now_ms(slack->ears) - person->asked_ms < TIME_DAY_MS;
}

bool slack_people_is_gone(struct slack *slack, const char *user)
{
    return is_known(slack, user) && slot_of(slack, text_hash(user))->is_gone;
}

/* NULL: nothing is to be asked, or nothing can be now. */
static struct slack_asked *ask(struct slack *slack, const char *user)
{
    const char *id = text_or(slack_foreign_id(user), user);
    struct slack_ask ask = {.method = "users.info", .is_form = true};
    struct slack_asked *asked = slack->asked;
    uint64_t hash = text_hash(user);

    while (asked < slack->asked + SLACK_ASKED && asked->is_busy) {
        asked++;
    }
    if (asked == slack->asked + SLACK_ASKED || user == NULL ||
        (is_known(slack, user) && !slack_people_is_gone(slack, user)) ||
        strlen(user) >= sizeof(asked->user) || (*id != 'U' && *id != 'W')) {
        return NULL;
    }
    *slot_of(slack, hash) =
        (struct slack_person){.hash = hash,
                              .asked_ms = ear_now_ms(slack->ears),
                              .is_gone = slack_people_is_gone(slack, user)};
    *asked = (struct slack_asked){.slack = slack, .is_busy = true};
    memcpy(asked->user, user, strlen(user) + 1);
    ask.body = slack_write_form(ear_arena(slack->ears), "user", id, NULL);
    slack_call(slack, &ask, on_user, asked);
    return asked;
}

void slack_people_meet(struct slack *slack, const char *user)
{
    (void)ask(slack, user);
}

/* Who is mentioned at `at`, which begins with "<@". */
static struct slack_asked *ask_mentioned(struct slack *slack, const char *at)
{
    size_t length = strcspn(at + 2, ">");
    char user[64];

    if (length >= sizeof(user) || at[2 + length] != '>') {
        return NULL;
    }
    memcpy(user, at + 2, length);
    user[length] = '\0';
    return text_equal(user, slack->self.user) ? NULL : ask(slack, user);
}

/* Of a line that is answered at once, with the names of whom it speaks. */
static struct slack_asked *ask_line(struct slack *slack, const struct chat_event *event)
{
    bool is_line = event->kind == CHAT_COMMAND ||
                   (event->kind == CHAT_SAID && event->place.is_direct);
    const char *at = is_line ? strstr(text_or(event->text, ""), "<@") : NULL;
    struct slack_asked *asked =
        is_line && event->who.name == NULL ? ask(slack, event->who.id) : NULL;

    for (; asked == NULL && at != NULL; at = strstr(at + 2, "<@")) {
        asked = ask_mentioned(slack, at);
    }
    return asked;
}

static struct slack_asked *ask_first(struct slack *slack,
                                     const struct slack_frame *frame)
{
    struct slack_asked *asked =
        frame->count == 0 ? NULL : ask(slack, frame->events[0].author.id);

    return frame->count == 0 || asked != NULL ? asked
                                              : ask_line(slack, &frame->events[0]);
}

bool slack_people_meet_first(struct slack *slack, int64_t generation,
                             const struct slack_frame *frame, struct json_slice bytes)
{
    struct slack_asked *asked = ask_first(slack, frame);

    if (asked == NULL) {
        return false;
    }
    asked->frame = malloc(bytes.length_bytes);
    INSIST(asked->frame != NULL);
    memcpy(asked->frame, bytes.data, bytes.length_bytes);
    asked->frame_bytes = bytes.length_bytes;
    asked->generation = generation;
    asked->timer = loop_timer_create(slack->loop, frame_hear, asked);
    loop_timer_set(asked->timer, PATIENCE_MS);
    return true;
}

void slack_people_stop(struct slack *slack)
{
    for (size_t i = 0; i < SLACK_ASKED; i++) {
        frame_forget(&slack->asked[i]);
    }
}

void slack_people_meet_all(struct slack *slack, const struct chat_event *event)
{
    const char *at = event->text == NULL ? NULL : strstr(event->text, "<@");

    slack_people_meet(slack, event->who.id);
    slack_people_meet(slack, event->author.id);
    for (; at != NULL; at = strstr(at + 2, "<@")) {
        (void)ask_mentioned(slack, at);
    }
}
