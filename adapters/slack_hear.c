/* Frames in, events up; acks down after the commit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack_form.h"
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/words.h"

#define URL_MS   (29 * TIME_MINUTE_MS) /* Slack takes it for 30 minutes, */
#define URL_USES 5                     /* and five times */

static const char not_recorded[] =
    "Not recorded, please say it again in a few minutes: the store can't write. "
    "Nothing was changed.";

static const char form_unreadable[] =
    "I can't read this form any more. Nothing was changed. Open a new one: /incident";

/* A delivery whose turn has not ended. */
struct slack_ticket {
    struct slack_ticket *next;
    int64_t number, generation;
    bool is_slash;
    bool is_event; /* neither that nor a press: Slack may not repeat it for long */
    char *envelope;
    char *person, *url; /* of who waits for an answer; NULL: nobody does */
    char *thread;       /* where they pressed; NULL: in none */
    char *form;         /* a field of the form it came by, or NULL */
};

static void ticket_free(struct slack_ticket *ticket)
{
    free(ticket->envelope);
    free(ticket->person);
    free(ticket->url);
    free(ticket->thread);
    free(ticket->form);
    free(ticket);
}

static void url_forget(struct slack_url *url)
{
    free(url->person);
    free(url->channel);
    free(url->url);
    memset(url, 0, sizeof(*url));
}

static void url_keep(struct slack *slack, const struct chat_event *event,
                     const char *way)
{
    struct slack_url *url = &slack->urls[slack->next_url];

    slack->next_url = (slack->next_url + 1) % SLACK_URLS;
    url_forget(url);
    *url = (struct slack_url){.person = text_keep(event->who.id),
                              .channel = text_keep(event->place.channel),
                              .url = text_keep(way),
                              .since_ms = time_steady_ms()};
}

const char *slack_hear_way(struct slack *slack, const char *channel, const char *person)
{
    /* The latest first. */
    for (size_t i = 1; i <= SLACK_URLS; i++) {
        struct slack_url *url =
            &slack->urls[(slack->next_url + SLACK_URLS - i) % SLACK_URLS];

        if (url->url != NULL && text_equal(url->channel, channel) &&
            text_equal(url->person, person) && url->uses < URL_USES &&
            time_steady_ms() - url->since_ms < URL_MS) {
            url->uses += 1;
            return url->url;
        }
    }
    return NULL;
}

static int64_t ticket_add(struct slack *slack, int64_t generation,
                          const struct slack_frame *frame)
{
    struct slack_ticket *ticket = calloc(1, sizeof(*ticket));

    INSIST(ticket != NULL);
    *ticket = (struct slack_ticket){
        .number = ++slack->ticket_number,
        .generation = generation,
        .is_slash = frame->is_slash,
        .is_event = !frame->is_slash && !frame->is_choice,
        .envelope = text_keep(frame->envelope),
        .url = text_keep(frame->response_url),
        .form = text_keep(frame->form),
    };
    if ((frame->is_slash || frame->is_choice) && frame->count > 0) {
        ticket->person = text_keep(frame->events[0].who.id);
        ticket->thread = text_keep(frame->events[0].place.thread);
    }
    *slack->last_ticket = ticket;
    slack->last_ticket = &ticket->next;
    return ticket->number;
}

/* Nothing is to be remembered: taken at once. A form we can't read stays open and says
 * so, for what was typed into it would be gone. */
static void ack_now(struct slack *slack, int64_t generation,
                    const struct slack_frame *frame)
{
    struct arena *arena = ear_arena(slack->ears);

    if (frame->envelope == NULL) {
        return;
    }
    slack_socket_ack(
        slack, generation,
        frame->form != NULL
            ? slack_form_ack(arena, frame->envelope, frame->form, form_unreadable)
            : slack_write_ack(arena, frame->envelope, NULL));
}

static int64_t count_one(struct slack *slack, const char *name)
{
    const char *known = NULL;
    int64_t count = 1;

    if (ear_recall(slack->ears, &slack->adapter, name, &known) && known != NULL) {
        count += strtoll(known, NULL, 10);
    }
    ear_remember(slack->ears, &slack->adapter, name,
                 arena_printf(ear_arena(slack->ears), "%lld", (long long)count));
    return count;
}

/* Too much was said in the workspace: of a minute Slack sends no events any more. */
static void hear_held(struct slack *slack, int64_t generation,
                      const struct slack_frame *frame)
{
    int64_t now_ms = time_steady_ms();
    int64_t wait_ms = frame->held_until_ms - ear_now_ms(slack->ears);

    log_warn("slack keeps events back, too many for it: read up when it is over",
             "count=%lld wait_ms=%lld", (long long)count_one(slack, "held"),
             (long long)wait_ms);
    slack_catchup_start(
        slack, &(struct slack_gap){.since_ms = now_ms,
                                   .over_ms = wait_ms > 0 ? now_ms + wait_ms : 0});
    ear_ticket(slack->ears, &slack->adapter,
               (struct ticket){ticket_add(slack, generation, frame)});
}

/* What nobody understands is taken from Slack all the same, which would send it for
 * ever: counted, and kept for whoever mends the reader. */
static void hear_odd(struct slack *slack, int64_t generation,
                     const struct slack_frame *frame, struct json_slice bytes)
{
    struct arena *arena = ear_arena(slack->ears);
    int64_t count = count_one(slack, "odd");

    log_warn("slack envelope makes no sense, kept", "envelope=%s count=%lld",
             frame->envelope, (long long)count);
    ear_remember(slack->ears, &slack->adapter,
                 arena_printf(arena, "odd %lld", (long long)(count % SLACK_ODD_KEPT)),
                 slack_write_odd(arena, bytes.data, bytes.length_bytes));
    ear_ticket(slack->ears, &slack->adapter,
               (struct ticket){ticket_add(slack, generation, frame)});
}

/* Talk overtakes nothing. */
static bool may_be_command(const struct chat_event *event)
{
    return event->kind == CHAT_COMMAND || event->kind == CHAT_CHOSE ||
           event->kind == CHAT_REACTED ||
           (event->kind == CHAT_SAID &&
            words_after_prefix(text_or(event->text, "")) != NULL);
}

/* All that is known of a channel by its id. Who reads it is asked anew. */
static void follow(struct slack *slack, const struct chat_event *event)
{
    slack_room_follow(slack, event->place.channel, event->text);
    slack_deed_follow(slack, event->place.channel);
    slack_unread_follow(slack, event->place.channel, event->text);
    if (event->place.is_shared) {
        slack_share_learn(slack, event->text, true);
    }
}

/* Also what we learn from it ourselves. */
static void hear_events(struct slack *slack, const struct slack_frame *frame,
                        int64_t number)
{
    const struct chat_event *first = &frame->events[0];

    if (may_be_command(first)) {
        slack_unread_overtake(slack, first->place.channel);
    }
    for (size_t i = 0; i < frame->count; i++) {
        bool is_last = i + 1 == frame->count;

        /* All are of one turn, so the last one's ticket stands for them. */
        ear_event(slack->ears, &slack->adapter, &frame->events[i],
                  (struct ticket){is_last ? number : 0});
    }
    if (first->kind == CHAT_REMOVED) {
        slack_past_left(slack, first->place.channel);
    } else if (first->kind == CHAT_RETURNED) {
        slack_past_returned(slack, first->place.channel);
    } else if (first->kind == CHAT_REKEYED) {
        follow(slack, first);
    }
    if (first->place.is_shared) {
        slack_share_learn(slack, first->place.channel, true);
    }
    for (size_t i = 0; i < frame->count; i++) {
        slack_people_meet_all(slack, &frame->events[i]);
    }
}

static void hear_envelope(struct slack *slack, int64_t generation,
                          const struct slack_frame *frame)
{
    if (frame->response_url != NULL) {
        url_keep(slack, &frame->events[0], frame->response_url);
    }
    hear_events(slack, frame, ticket_add(slack, generation, frame));
}

/* What a frame does not say of its channel may be known. */
static void read_frame(struct slack *slack, struct json_slice bytes,
                       struct slack_frame *frame)
{
    slack_read(ear_arena(slack->ears), &slack->self, ear_now_ms(slack->ears),
               bytes.data, bytes.length_bytes, frame);
    for (size_t i = 0; i < frame->count; i++) {
        struct chat_event *event = &frame->events[i];

        event->is_remark |= event->kind == CHAT_REACTED &&
                            slack_share_is_known(slack, event->place.channel);
    }
}

void slack_hear(struct slack *slack, struct slack_link *link, const char *bytes,
                size_t length_bytes)
{
    struct json_slice slice = {bytes, length_bytes};
    int64_t generation = link->generation;
    struct slack_frame frame;

    read_frame(slack, slice, &frame);
    if (frame.is_retry) { /* heard like any other: it may be the only one that came */
        log_info("slack sends again", "envelope=%s count=%lld",
                 text_or(frame.envelope, ""), (long long)++slack->retries);
    }
    if (frame.kind == SLACK_FRAME_HELLO || frame.kind == SLACK_FRAME_DISCONNECT) {
        slack_socket_frame(link, &frame);
    } else if (frame.is_odd) {
        hear_odd(slack, generation, &frame, slice);
    } else if (frame.held_until_ms != 0) {
        hear_held(slack, generation, &frame);
    } else if (frame.count == 0) {
        ack_now(slack, generation, &frame);
    } else if (!slack_people_meet_first(slack, generation, &frame, slice)) {
        hear_envelope(slack, generation, &frame);
    }
}

void slack_hear_again(struct slack *slack, int64_t generation, const char *bytes,
                      size_t length_bytes)
{
    struct slack_frame frame;

    read_frame(slack, (struct json_slice){bytes, length_bytes}, &frame);
    hear_envelope(slack, generation, &frame);
}

/* They are settled in the order in which they were given. */
static struct slack_ticket *ticket_take(struct slack *slack, int64_t number)
{
    struct slack_ticket *ticket = slack->tickets;

    INSIST(ticket != NULL && ticket->number == number);
    slack->tickets = ticket->next;
    if (ticket->next == NULL) {
        slack->last_ticket = &slack->tickets;
    }
    return ticket;
}

static void on_told(void *arg, const struct slack_answer *answer)
{
    (void)arg;
    (void)answer;
}

/* At most once a minute and person, so a store that is down rings nobody's ears off. */
static bool may_tell(struct slack *slack, const char *person)
{
    int64_t now_ms = time_steady_ms();
    int64_t *told_ms;

    if (person == NULL) {
        return false;
    }
    told_ms = &slack->told_ms[text_hash(person) % SLACK_TOLD];
    if (*told_ms != 0 && now_ms - *told_ms < TIME_MINUTE_MS) {
        return false;
    }
    *told_ms = now_ms;
    return true;
}

/* Slack does not repeat slash commands and buttons; events it does. */
static void tell_not_recorded(struct slack *slack, const struct slack_ticket *ticket)
{
    struct arena *arena;

    if (!may_tell(slack, ticket->person)) {
        return;
    }
    arena = arena_create();
    if (ticket->is_slash) {
        slack_socket_ack(slack, ticket->generation,
                         slack_write_ack(arena, ticket->envelope, not_recorded));
    } else if (ticket->form != NULL) {
        slack_socket_ack(
            slack, ticket->generation,
            slack_form_ack(arena, ticket->envelope, ticket->form, not_recorded));
    } else if (ticket->url != NULL && !slack->is_stopped) { /* no new call at the end */
        struct note *note = note_create(arena);
        struct slack_ask ask = {.method = "response_url", .url = ticket->url};

        note_line(note, "%s", not_recorded);
        ask.body = slack_write_response(arena, note, ticket->thread);
        slack_call(slack, &ask, on_told, NULL);
    }
    arena_destroy(arena);
}

void slack_hear_settle(struct slack *slack, int64_t number, bool committed)
{
    char ack[SLACK_ID_BYTES + 32];
    struct slack_ticket *ticket;

    if (number == 0) {
        return;
    }
    ticket = ticket_take(slack, number);
    if (!committed) {
        tell_not_recorded(slack, ticket);
        if (ticket->is_event) {
            slack_catchup_owe(slack);
        }
    } else {
        (void)snprintf(ack, sizeof(ack), "{\"envelope_id\":\"%s\"}", ticket->envelope);
        slack_socket_ack(slack, ticket->generation, ack);
    }
    ticket_free(ticket);
}

void slack_hear_stop(struct slack *slack)
{
    while (slack->tickets != NULL) {
        struct slack_ticket *next = slack->tickets->next;

        ticket_free(slack->tickets);
        slack->tickets = next;
    }
    slack->last_ticket = &slack->tickets;
    for (size_t i = 0; i < SLACK_URLS; i++) {
        url_forget(&slack->urls[i]);
    }
}
