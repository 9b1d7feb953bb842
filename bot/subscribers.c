#include "bot/subscribers.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/subscriptions.h"

/* "inc-42 orders stuck: mitigated, sev2 by judgement. wen leads." */
static bool stand(struct turn *turn, const struct incident *incident, const char **line,
                  struct err *err)
{
    struct person *leader;

    if (!role_holder(turn, incident->id, NULL, &leader, err)) {
        return false;
    }
    const char *leads = !incident_is_open(incident) ? ""
                        : leader == NULL
                            ? PHRASE(" Nobody leads yet.")
                            : arena_printf(turn->arena, " %s leads.",
                                           note_words(turn->arena, leader->handle));
    *line = arena_printf(turn->arena, "%s.%s", incident_topic(turn, incident), leads);
    return true;
}

static struct note *write_note(struct turn *turn, const struct incident *incident,
                               const char *line)
{
    const char *ref = say_ref(turn, incident);
    struct note *note = say_note(turn, "%s", line);

    note_line(note, "More: %s. No more of these: %s",
              note_command(turn->arena, "catchup %s", ref),
              note_command(turn->arena, "unsubscribe %s", ref));
    return note;
}

/* Those who may see it still. */
static bool readers(struct turn *turn, const struct incident *incident,
                    struct subscriptions *subscriptions, struct err *err)
{
    size_t kept = 0;

    if (!subscriptions_of(turn->store, incident->id, subscriptions, err)) {
        return false;
    }
    for (size_t i = 0; i < subscriptions->count; i++) {
        const struct subscription one = subscriptions->all[i];
        bool is_visible;

        if (!incident_is_visible(turn, incident, one.person_id, &is_visible, err)) {
            return false;
        }
        if (is_visible) {
            subscriptions->all[kept++] = one;
        }
    }
    subscriptions->count = kept;
    return true;
}

bool subscribers_look(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    struct subscriptions subscriptions;
    const char *line;

    if (!readers(turn, incident, &subscriptions, err)) {
        return false;
    }
    if (subscriptions.count == 0) {
        return true;
    }
    if (!stand(turn, incident, &line, err)) {
        return false;
    }
    for (size_t i = 0; i < subscriptions.count; i++) {
        const struct subscription *one = &subscriptions.all[i];

        if (text_equal(one->told, line)) {
            continue;
        }
        if (!subscription_told(turn->store, one, line, err) ||
            !say_direct(turn, incident, one->person_id,
                        write_note(turn, incident, line), NULL, err)) {
            return false;
        }
    }
    return true;
}

bool subscribers_update(struct turn *turn, const struct incident *incident,
                        const char *words, int64_t *count, struct err *err)
{
    struct subscriptions subscriptions;

    if (!readers(turn, incident, &subscriptions, err)) {
        return false;
    }
    *count = (int64_t)subscriptions.count;
    for (size_t i = 0; i < subscriptions.count; i++) {
        if (!say_direct(turn, incident, subscriptions.all[i].person_id,
                        write_note(turn, incident, words), NULL, err)) {
            return false;
        }
    }
    return true;
}

bool subscribers_add(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    const struct incident *incident = call->incident;
    struct subscription one = {
        .incident_id = incident->id,
        .person_id = call->speaker->id,
    };
    bool is_new;

    if (!stand(turn, incident, &one.told, err) ||
        !subscription_add(turn->store, &one, turn->now_ms, &is_new, err)) {
        return false;
    }
    const char *ref = say_ref(turn, incident);
    const char *end = note_command(turn->arena, "unsubscribe %s", ref);
    return say_private(
        turn, call,
        is_new ? say_note(turn,
                          "You hear of changes of %s and of its inside updates, in "
                          "private. So far: %s. To end it: %s",
                          ref, note_command(turn->arena, "catchup %s", ref), end)
               : say_note(turn, "You hear of %s already. To end it: %s", ref, end),
        err);
}

bool subscribers_remove(struct turn *turn, const struct command_call *call,
                        struct err *err)
{
    const char *ref = say_ref(turn, call->incident);
    bool was;

    if (!subscription_remove(turn->store, call->incident->id, call->speaker->id, &was,
                             err)) {
        return false;
    }
    return say_private(
        turn, call,
        was ? say_note(turn, "You hear nothing more of %s by itself. Again: %s", ref,
                       note_command(turn->arena, "subscribe %s", ref))
            : say_note(turn, "You had not asked to hear of %s. Nothing was changed.",
                       ref),
        err);
}
