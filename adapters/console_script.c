/*
 * Feeds a transcript: one message at a time, and the next only when all the last one
 * caused is said and durable. A message that can go on in the next line is handed on
 * when that line was seen, or when nothing came for a moment (a feeder may wait for the
 * answer before it writes on); what goes on later still is an edit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/console_inner.h"
#include "adapters/console_line.h"
#include "adapters/console_message.h"
#include "adapters/console_write.h"
#include "bot/base/time.h"
#include "bot/loop.h"

#define PATIENCE_MS 100

/* What the last call into the ears was; settle says it is done. */
enum script_phase {
    SCRIPT_READING,
    SCRIPT_STARTING, /* the clock goes to where it stood */
    SCRIPT_PASSING,  /* the clock goes to the message's moment */
    SCRIPT_RESTING,  /* a `.` is being made durable */
    SCRIPT_HEARING,  /* the message is in its turn */
    SCRIPT_ENDING,   /* all was read, the last things settle */
    SCRIPT_DONE,
};

struct console_script {
    struct console *console;
    struct console_input *input;
    struct console_watch *watch;
    struct loop_timer *patience;
    struct console_told *told;
    struct console_message *last, *message, *next;
    enum script_phase phase;
    int64_t line;       /* number of the line read last */
    bool is_complete;   /* the message has no more lines */
    bool has_next;      /* its successor was read, too */
    bool was_committed; /* how the last turn ended */
    int exit_status;
};

static void go_on(void *arg);

static void complain(struct console_script *script, int64_t line, const struct err *err)
{
    (void)fprintf(stderr, "line %lld: %s\n", (long long)line, err->text);
    script->exit_status = 1;
}

/* The message is dealt with: it becomes the last one, which later lines may go on with.
 */
static void finish_message(struct console_script *script)
{
    struct console_message *free_one = script->last;
    script->last = script->message;
    script->message = script->has_next ? script->next : free_one;
    script->next = script->has_next ? free_one : script->next;
    if (!script->has_next) {
        console_message_clear(script->message);
    }
    script->is_complete =
        script->has_next && !console_message_can_go_on(script->message);
    script->has_next = false;
    console_message_clear(script->next);
    script->phase = SCRIPT_READING;
    loop_soon(script->console->loop, go_on, script);
}

/* A message that can't be understood after all is as good as never written. */
static void drop_message(struct console_script *script, const struct err *err)
{
    complain(script, script->message->number, err);
    console_message_clear(script->message);
    finish_message(script);
}

static void pass(struct console_script *script, enum script_phase phase)
{
    script->phase = phase;
    ear_pass(script->console->ears, &script->console->adapter,
             script->console->memory.clock.now_ms, (struct ticket){script->line});
}

/* The message is whole: time goes on to it. */
static void begin_message(struct console_script *script)
{
    struct console_message *message = script->message;
    struct err err;
    loop_timer_stop(script->patience);
    console_watch_stop(script->watch);
    if (!console_clock_follow(&script->console->memory.clock, &message->line.stamp,
                              &message->at_ms, &err)) {
        drop_message(script, &err);
        return;
    }
    pass(script, SCRIPT_PASSING);
}

static void hear_message(struct console_script *script)
{
    struct console *console = script->console;
    struct console_message *message = script->message;
    struct chat_event event;
    struct err err;
    if (!console_message_event(message, &console->memory, &event, &err)) {
        drop_message(script, &err);
        return;
    }
    script->phase = SCRIPT_HEARING;
    console_memory_reach(&console->memory, message->number);
    if (message->line.label) {
        const char *name =
            arena_printf(message->arena, "label %s", message->line.label);
        console_memory_set(&console->memory, name, message->id);
    }
    ear_event(console->ears, &console->adapter, &event,
              (struct ticket){message->number});
}

/* A moment has come: either only time passed, or somebody says something now. */
static void arrive(struct console_script *script)
{
    if (script->message->line.kind == CONSOLE_LINE_PASS) {
        console_memory_reach(&script->console->memory, script->message->number);
        pass(script, SCRIPT_RESTING);
    } else {
        hear_message(script);
    }
}

/* At once: what the line brought about is said only behind it. */
static void acknowledge(struct console_script *script)
{
    const struct text *numbers = &script->message->numbers;
    int fd = script->console->options.acks;
    if (fd >= 0) {
        (void)console_put(fd, numbers->data, numbers->length_bytes);
    }
}

static void tell_not_recorded(struct console_script *script)
{
    struct console *console = script->console;
    const struct console_line *line = &script->message->line;
    struct arena *arena = script->message->arena;
    int64_t now_ms = console->memory.clock.now_ms;
    script->exit_status = 1;
    if (!console_told_add(&script->told, console_person_id(arena, line->name),
                          now_ms)) {
        return;
    }
    const char *notice =
        console_write_notice(arena, now_ms, console_channel_id(arena, line), line->name,
                             CONSOLE_NOT_RECORDED, console->options.as_json);
    (void)console_put(console->options.output, notice, strlen(notice));
}

/* What goes on can't belong to anything before a line that was not understood. */
static void refuse_line(struct console_script *script, struct console_message *message,
                        const struct err *err)
{
    complain(script, script->line, err);
    console_message_clear(message);
    console_message_clear(script->last);
    script->message->is_closed = true;
}

static void end(struct console_script *script)
{
    script->phase = SCRIPT_DONE;
    ear_finished(script->console->ears, &script->console->adapter, script->exit_status);
}

/* All is read: what may be gone on with is kept for the next transcript, and the clock
 * stays where it is. */
static void begin_end(struct console_script *script)
{
    struct console *console = script->console;
    if (console->memory.clock.now_ms == TIME_NONE) {
        script->phase = SCRIPT_ENDING;
        loop_soon(console->loop, go_on, script);
        return;
    }
    console_message_keep(script->last, &console->memory);
    pass(script, SCRIPT_ENDING);
}

/* Takes one line in. True when the message before it is complete. */
static bool take_line(struct console_script *script, const struct console_raw *raw)
{
    bool has_message = script->message->is_set;
    struct console_message *into = has_message ? script->next : script->message;
    struct err err;
    script->line++;
    if (!console_message_read(into, raw, script->line, &err)) {
        refuse_line(script, into, &err);
        return has_message;
    }
    if (!into->is_set) {
        return false;
    }
    if (into->line.kind != CONSOLE_LINE_MORE) {
        script->has_next = has_message;
        return has_message || !console_message_can_go_on(into);
    }
    if (has_message && console_message_goes_on(script->message, into)) {
        console_message_append(script->message, into);
        console_message_clear(into);
        return false;
    }
    if (!has_message && console_message_goes_on(script->last, into)) {
        console_message_amend(into, script->last);
        return false;
    }
    (void)err_set(&err, ERR_BROKEN,
                  "there is no message of %s in %s right before this to go on with",
                  into->line.name, into->line.channel);
    refuse_line(script, into, &err);
    return has_message;
}

static void patience_over(void *arg)
{
    struct console_script *script = arg;
    if (script->phase == SCRIPT_READING && script->message->is_set) {
        begin_message(script);
    }
}

static void wait_for_more(struct console_script *script)
{
    console_watch_start(script->watch);
    if (script->message->is_set) {
        loop_timer_set(script->patience, PATIENCE_MS);
    }
}

/* Nothing more will come. */
static void read_end(struct console_script *script)
{
    script->is_complete = true;
    if (script->message->is_set) {
        begin_message(script);
    } else {
        begin_end(script);
    }
}

static void read_on(struct console_script *script)
{
    struct console_raw raw;
    struct err err;
    while (!script->is_complete) {
        switch (console_input_next(script->input, &raw, &err)) {
        case CONSOLE_INPUT_LINE: script->is_complete = take_line(script, &raw); break;
        case CONSOLE_INPUT_WAIT: wait_for_more(script); return;
        case CONSOLE_INPUT_BROKEN:
            complain(script, script->line + 1, &err);
            read_end(script);
            return;
        case CONSOLE_INPUT_END: read_end(script); return;
        }
    }
    begin_message(script);
}

static void after_hearing(struct console_script *script)
{
    if (!script->was_committed) {
        tell_not_recorded(script);
    }
    finish_message(script);
}

/* Where the time before the message could not pass, the message is not heard. */
static void after_passing(struct console_script *script)
{
    if (script->was_committed) {
        arrive(script);
    } else {
        after_hearing(script);
    }
}

static void go_on(void *arg)
{
    struct console_script *script = arg;
    switch (script->phase) {
    case SCRIPT_STARTING:
        script->phase = SCRIPT_READING;
        read_on(script);
        break;
    case SCRIPT_PASSING: after_passing(script); break;
    case SCRIPT_HEARING:
    case SCRIPT_RESTING: after_hearing(script); break;
    case SCRIPT_ENDING: end(script); break;
    case SCRIPT_READING: read_on(script); break;
    case SCRIPT_DONE: break;
    }
}

static void input_ready(void *arg)
{
    struct console_script *script = arg;
    console_watch_stop(script->watch);
    if (script->phase == SCRIPT_READING) {
        loop_timer_stop(script->patience);
        read_on(script);
    }
}

struct console_script *console_script_create(struct console *console)
{
    struct console_script *script = calloc(1, sizeof(*script));
    INSIST(script);
    script->console = console;
    script->input = console_input_create(console->options.input);
    script->patience = loop_timer_create(console->loop, patience_over, script);
    script->watch = console_watch_create(console->loop, console->options.input,
                                         input_ready, script);
    script->last = console_message_create();
    script->message = console_message_create();
    script->next = console_message_create();
    return script;
}

void console_script_destroy(struct console_script *script)
{
    if (!script) {
        return;
    }
    loop_forget(script->console->loop, script);
    loop_timer_destroy(script->patience);
    console_watch_destroy(script->watch);
    console_input_destroy(script->input);
    console_message_destroy(script->last);
    console_message_destroy(script->message);
    console_message_destroy(script->next);
    console_told_destroy(script->told);
    free(script);
}

void console_script_start(struct console_script *script)
{
    struct console_memory *memory = &script->console->memory;
    console_message_recall(script->last, memory);
    if (memory->clock.now_ms == TIME_NONE) {
        loop_soon(script->console->loop, go_on, script);
    } else {
        pass(script, SCRIPT_STARTING);
    }
}

void console_script_settle(struct console_script *script, bool committed)
{
    bool is_line = script->phase == SCRIPT_HEARING || script->phase == SCRIPT_RESTING;
    script->was_committed = committed;
    script->exit_status = committed ? script->exit_status : 1;
    if (is_line && committed) {
        acknowledge(script);
    }
    loop_soon(script->console->loop, go_on, script);
}

void console_script_give_up(struct console_script *script)
{
    script->exit_status = 1;
    if (script->phase != SCRIPT_DONE) {
        script->phase = SCRIPT_ENDING;
        loop_soon(script->console->loop, go_on, script);
    }
}
