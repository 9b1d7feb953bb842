/* Who somebody is: asked once for each person heard or spoken of, and told to the bot.
 */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"

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

static void on_user(void *arg, const struct slack_answer *answer)
{
    struct slack_asked *asked = arg;
    struct slack *slack = asked->slack;
    struct arena *arena = ear_arena(slack->ears);
    struct json_slice user = json_scan_member(answer->body, "user");
    struct chat_person person = {.id = arena_copy(arena, asked->user)};

    asked->slack = NULL;
    if (answer->kind == OUTCOME_DONE && user.data != NULL) {
        person.name = name_of(arena, user);
        person.zone = json_slice_text(arena, json_scan_member(user, "tz"));
        ear_person(slack->ears, &slack->adapter, &person);
    } else if (slack_error_is_lack(answer->error)) {
        slack_complain(slack, "users.info", answer->error);
    } else if (answer->kind != OUTCOME_NEVER) {
        slack->people[asked->hash % SLACK_PEOPLE] = 0; /* asked again when next heard */
    }
}

static struct slack_asked *free_asked(struct slack *slack)
{
    for (size_t i = 0; i < SLACK_ASKED; i++) {
        if (slack->asked[i].slack == NULL) {
            return &slack->asked[i];
        }
    }
    return NULL;
}

void slack_people_meet(struct slack *slack, const char *user)
{
    uint64_t hash = slack_hash(user);
    uint64_t *known = &slack->people[hash % SLACK_PEOPLE];
    struct slack_asked *asked = free_asked(slack);
    struct arena *arena;
    struct slack_ask ask = {.method = "users.info", .is_form = true};

    if (*known == hash || asked == NULL || strlen(user) >= sizeof(asked->user) ||
        (*user != 'U' && *user != 'W')) {
        return;
    }
    *known = hash;
    *asked = (struct slack_asked){.slack = slack, .hash = hash};
    memcpy(asked->user, user, strlen(user) + 1);
    arena = arena_create();
    ask.body = slack_write_form(arena, "user", user, NULL);
    slack_call(slack, &ask, on_user, asked);
    arena_destroy(arena);
}

/* Who is mentioned at `at`, which begins with "<@". */
static void meet_mentioned(struct slack *slack, const char *at)
{
    size_t length = strcspn(at + 2, ">");
    char user[64];

    if (length >= sizeof(user) || at[2 + length] != '>') {
        return;
    }
    memcpy(user, at + 2, length);
    user[length] = '\0';
    if (!text_equal(user, slack->self.user)) {
        slack_people_meet(slack, user);
    }
}

void slack_people_meet_all(struct slack *slack, const struct chat_event *event)
{
    const char *at = event->text == NULL ? NULL : strstr(event->text, "<@");

    slack_people_meet(slack, event->who.id);
    for (; at != NULL; at = strstr(at + 2, "<@")) {
        meet_mentioned(slack, at);
    }
}
