#include "bot/late.h"

#include "bot/say.h"

static struct note *write_one(struct turn *turn, const struct command_call *call,
                              const char *line)
{
    return say_note(
        turn, "Typed at %s, read only now, so not run: %s. Still wanted? Say it again.",
        say_when(turn, call->event->at_ms), note_command(turn->arena, "%s", line));
}

static struct note *write_all(struct turn *turn, const struct late_person *person)
{
    struct note *note = say_note(turn, "Typed while I was away, read only now, so not "
                                       "run. Still wanted? Say it again.");

    for (size_t i = 0; i < person->count; i++) {
        note_line(note, "%s", person->lines[i]);
    }
    if (person->more > 0) {
        note_line(note, "And %zu more.", person->more);
    }
    return note;
}

/* The call and its event are its caller's; their strings live as long as the turn. */
static const struct command_call *keep(struct turn *turn,
                                       const struct command_call *call)
{
    struct command_call *copy = ARENA_NEW(turn->arena, struct command_call);
    struct chat_event *event = ARENA_NEW(turn->arena, struct chat_event);

    *copy = *call;
    *event = *call->event;
    copy->event = event;
    return copy;
}

static struct late_person *find_person(struct turn *turn,
                                       const struct command_call *call)
{
    struct late *late = turn->late;

    for (size_t i = 0; i < late->count; i++) {
        if (late->people[i].call->speaker->id == call->speaker->id) {
            return &late->people[i];
        }
    }
    if (late->count == LATE_PEOPLE) {
        return NULL;
    }
    late->people[late->count] = (struct late_person){.call = keep(turn, call)};
    return &late->people[late->count++];
}

bool late_add(struct turn *turn, struct command_call *call, const char *line,
              struct err *err)
{
    struct late_person *person;

    if (turn->late == NULL) {
        turn->late = ARENA_NEW(turn->arena, struct late);
    }
    person = find_person(turn, call);
    if (person == NULL) {
        return say_private(turn, call, write_one(turn, call, line), err);
    }
    turn->wants_courier = true;
    if (person->count == LATE_LINES) {
        person->more += 1;
        return true;
    }
    person->lines[person->count++] =
        arena_printf(turn->arena, "%s %s", say_when(turn, call->event->at_ms),
                     note_command(turn->arena, "%s", line));
    if (person->count == 1) {
        person->only = line;
    }
    return true;
}

bool late_tell(struct turn *turn, struct err *err)
{
    for (size_t i = 0; turn->late != NULL && i < turn->late->count; i++) {
        const struct late_person *person = &turn->late->people[i];
        struct note *note = person->count == 1
                                ? write_one(turn, person->call, person->only)
                                : write_all(turn, person);

        if (!say_private(turn, person->call, note, err)) {
            return false;
        }
    }
    turn->late = NULL;
    return true;
}
