/* What people do with forms and shortcuts: read as the line they might have typed. */
#include <string.h>

#include "adapters/slack_form.h"
#include "adapters/slack_manifest.h"
#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"

/* Somebody did something that is of no channel: they and the bot are alone then. */
static struct chat_event *add_event(struct slack_reading *reading, enum chat_kind kind,
                                    const char *channel)
{
    struct json_slice payload = reading->payload;
    const char *user = slack_reading_id(reading, payload, "user.id");
    struct chat_event *event = slack_reading_add(reading, kind, text_or(channel, user));

    if (event == NULL) {
        return NULL;
    }
    event->who.id = user;
    event->who.name = slack_reading_id(reading, payload, "user.name");
    if (event->who.name == NULL) {
        event->who.name = slack_reading_id(reading, payload, "user.username");
    }
    event->place.is_direct = channel == NULL || *channel == 'D';
    event->trigger = slack_reading_id(reading, payload, "trigger_id");
    event->id = event->trigger;
    return event;
}

/* One element of a form: its answer, or none. */
static bool read_answer(const struct slack_reading *reading, struct json_slice block,
                        struct form_answer *answer)
{
    struct json_slice name = {0}, element = {0};
    struct json_slice cursor = {0};
    const char *flag;

    if (!json_scan_next_member(block, &name, &element)) {
        return false;
    }
    flag = json_slice_text(reading->arena, name);
    answer->flag = text_equal(flag, SLACK_FORM_PLAIN) ? "" : flag;
    answer->text = json_slice_text(reading->arena,
                                   json_scan_path(element, "selected_option.value"));
    answer->is_free = false;
    if (answer->text == NULL) {
        answer->text =
            json_slice_text(reading->arena, json_scan_member(element, "value"));
        answer->is_free = *answer->flag == '\0';
    }
    return answer->text != NULL ||
           json_scan_next(json_scan_member(element, "selected_options"), &cursor);
}

/* All answers, in the order of the line; where words can be shown is remembered. */
static size_t read_answers(const struct slack_reading *reading, struct json_slice view,
                           struct form_answer answers[FORM_FIELDS])
{
    struct json_slice values = json_scan_path(view, "state.values");
    size_t count = 0;

    for (int at = 0; at < FORM_FIELDS; at++) {
        char block[2] = {(char)('0' + at), '\0'};
        struct json_slice value = json_scan_member(values, block);

        if (value.data != NULL && reading->frame->form == NULL) {
            reading->frame->form = arena_copy(reading->arena, block);
        }
        if (value.data != NULL && read_answer(reading, value, &answers[count])) {
            count++;
        }
    }
    return count;
}

/* A form whose verb and place can't be read is no event: its field alone is known. */
void slack_read_submission(struct slack_reading *reading)
{
    struct json_slice view = json_scan_member(reading->payload, "view");
    const char *behind =
        json_slice_text(reading->arena, json_scan_member(view, "private_metadata"));
    struct json_slice about = {behind, behind == NULL ? 0 : strlen(behind)};
    struct form_answer answers[FORM_FIELDS];
    size_t count = read_answers(reading, view, answers);
    struct chat_event *event;
    const char *verb;

    if (behind == NULL || !json_scan_is_sound(about.data, about.length_bytes)) {
        return;
    }
    verb = slack_reading_id(reading, about, "verb");
    if (verb == NULL) {
        return;
    }
    event = add_event(reading, CHAT_COMMAND, slack_reading_id(reading, about, "place"));
    if (event == NULL) {
        return;
    }
    event->trigger = NULL;
    event->id = arena_printf(
        reading->arena, "%s:%s", text_or(slack_reading_id(reading, view, "id"), ""),
        text_or(slack_reading_id(reading, view, "hash"), reading->frame->envelope));
    event->text = form_line(reading->arena, verb, answers, count);
    event->words = form_words(reading->arena, answers, count);
}

void slack_read_shortcut(struct slack_reading *reading)
{
    struct chat_event *event;

    if (!json_slice_is(json_scan_member(reading->payload, "callback_id"),
                       SLACK_SHORTCUT_DECLARE)) {
        return;
    }
    event = add_event(reading, CHAT_COMMAND, NULL);
    if (event != NULL) {
        event->text = "";
    }
}

void slack_read_keep(struct slack_reading *reading)
{
    struct json_slice payload = reading->payload;
    struct json_slice message = json_scan_member(payload, "message");
    struct chat_event *event;

    if (!json_slice_is(json_scan_member(payload, "callback_id"), SLACK_SHORTCUT_KEEP)) {
        return;
    }
    event =
        add_event(reading, CHAT_KEPT, slack_reading_id(reading, payload, "channel.id"));
    if (event == NULL) {
        return;
    }
    event->message = slack_reading_id(reading, message, "ts");
    event->said_ms = slack_ts_ms(event->message);
    event->author = slack_reading_author(reading, message);
    slack_reading_words(reading, event, message);
    slack_reading_place(reading, event,
                        slack_reading_id(reading, payload, "channel.name"));
    reading->frame->response_url = slack_reading_id(reading, payload, "response_url");
}

void slack_read_home(struct slack_reading *reading, struct json_slice event)
{
    const char *user = slack_reading_id(reading, event, "user");
    const char *team = slack_reading_id(reading, reading->payload, "team_id");
    struct chat_event *heard;

    if (!json_slice_is(json_scan_member(event, "tab"), "home") ||
        slack_reading_is_stranger(reading, team)) {
        return;
    }
    heard = slack_reading_add(reading, CHAT_VISITED, user);
    if (heard != NULL) {
        heard->who.id = user;
        heard->place.is_direct = true;
    }
}
