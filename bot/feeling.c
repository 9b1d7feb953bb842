#include "bot/feeling.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/factor.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/words.h"
#include "store/digest.h"
#include "store/feelings.h"
#include "store/retros.h"
#include "store/sessions.h"
#include "store/timeline.h"

#define FACT      "feeling"
#define KEY_NAME  "feelings" /* beside the sessions of the platforms */
#define ANY_DIGIT "0123456789"

/* Made when the first feeling is kept. */
static bool find_key(struct turn *turn, const char **key, struct err *err)
{
    struct digest *digest;
    char secret[SALT_HEX + 1];

    if (!sessions_find(turn->store, KEY_NAME, key, err)) {
        return false;
    }
    if (!text_is_empty(*key)) {
        return true;
    }
    digest = digest_create();
    digest_salt(digest, secret);
    digest_destroy(digest);
    *key = arena_copy(turn->arena, secret);
    return sessions_keep(turn->store, KEY_NAME, *key, err);
}

/* Another one for each feeling: two of the same writer are not to be told as such. */
static bool hash(struct turn *turn, int64_t incident_id, int64_t entry_n,
                 int64_t person_id, const char **writer, struct err *err)
{
    const char *key;
    char hex[DIGEST_HEX + 1];

    if (!find_key(turn, &key, err)) {
        return false;
    }
    digest_keyed(key,
                 arena_printf(turn->arena, "%lld %lld %lld", (long long)incident_id,
                              (long long)entry_n, (long long)person_id),
                 hex);
    *writer = arena_copy(turn->arena, hex);
    return true;
}

static bool is_published(struct turn *turn, int64_t incident_id, bool *is,
                         struct err *err)
{
    struct retro *retro;

    if (!retro_find(turn->store, incident_id, &retro, err)) {
        return false;
    }
    *is = retro != NULL && text_equal(retro->state, "published");
    return true;
}

static bool remember(struct turn *turn, const struct command_call *call, int64_t n,
                     struct err *err)
{
    const char *writer;

    return hash(turn, call->incident->id, n, call->speaker->id, &writer, err) &&
           feeling_insert(turn->store, call->incident->id, n, writer, err);
}

static struct note *answer(struct turn *turn, const struct command_call *call,
                           int64_t n, bool is_nobodys)
{
    if (is_nobodys) {
        return say_note(turn, "Kept without your name, for the inside version only. "
                              "That is published, so nothing tells any more that it "
                              "is yours.");
    }
    return say_note(turn,
                    "Kept without your name, for the inside version only. Take it "
                    "out: %s",
                    note_command(turn->arena, "drop %s %lld",
                                 say_ref(turn, call->incident), (long long)n));
}

static bool keep(struct turn *turn, const struct command_call *call, const char *text,
                 struct err *err)
{
    bool is_nobodys;
    int64_t n;

    return is_published(turn, call->incident->id, &is_nobodys, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.kind = FACT, .text = text}, &n, err) &&
           (is_nobodys || remember(turn, call, n, err)) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_NARRATIVE), err) &&
           say_unkept(turn, call, answer(turn, call, n, is_nobodys), err);
}

bool feeling_keep(struct turn *turn, const struct command_call *call, const char *text,
                  struct err *err)
{
    bool names;

    if (!factor_names_person(turn, text, &names, err)) {
        return false;
    }
    if (names) {
        return say_unkept(
            turn, call,
            say_note(turn,
                     "Not kept: a name is in it, and feelings stand there without "
                     "any. Without it: %s",
                     note_command(turn->arena, "feel %s TEXT",
                                  say_ref(turn, call->incident))),
            err);
    }
    return keep(turn, call, text, err);
}

bool feeling_is(const struct entry *entry)
{
    return text_equal(entry->kind, FACT);
}

static bool is_theirs(struct turn *turn, const struct entry *entry, int64_t person_id,
                      bool *is, struct err *err)
{
    const char *writer, *theirs;

    *is = false;
    if (!feeling_writer(turn->store, entry->incident_id, entry->n, &writer, err) ||
        !hash(turn, entry->incident_id, entry->n, person_id, &theirs, err)) {
        return false;
    }
    *is = text_equal(writer, theirs);
    return true;
}

bool feeling_drop(struct turn *turn, const struct command_call *call,
                  const struct entry *entry, struct err *err)
{
    bool is;

    if (!is_theirs(turn, entry, call->speaker->id, &is, err)) {
        return false;
    }
    if (!is) {
        return say_unkept(turn, call,
                          say_note(turn,
                                   "Nothing tells that entry %lld is yours. Nothing "
                                   "was changed.",
                                   (long long)entry->n),
                          err);
    }
    return timeline_drop(turn->store, entry->id, turn->now_ms, err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_NARRATIVE), err) &&
           say_unkept(turn, call,
                      say_note(turn, "Taken out: \"%s\"",
                               note_words(turn->arena,
                                          text_brief(turn->arena, entry->text, 60))),
                      err);
}

static bool forget(struct turn *turn, const struct feeling *feeling, struct err *err)
{
    struct entry *entry;

    return timeline_find(turn->store, feeling->incident_id, feeling->entry_n, &entry,
                         err) &&
           (entry == NULL ||
            timeline_redact(turn->store, entry->id, turn->now_ms, err)) &&
           feeling_forget_writer(turn->store, feeling, err);
}

bool feelings_forget(struct turn *turn, int64_t person_id, int64_t *count,
                     struct err *err)
{
    struct feelings feelings;
    const char *theirs;

    *count = 0;
    if (!feelings_all(turn->store, &feelings, err)) {
        return false;
    }
    for (size_t i = 0; i < feelings.count; i++) {
        const struct feeling *feeling = &feelings.all[i];

        if (!hash(turn, feeling->incident_id, feeling->entry_n, person_id, &theirs,
                  err)) {
            return false;
        }
        if (!text_equal(theirs, feeling->writer)) {
            continue;
        }
        if (!forget(turn, feeling, err)) {
            return false;
        }
        *count += 1;
    }
    return true;
}

bool feeling_is_meant(struct turn *turn, const struct incident *incident,
                      const char *line, bool *is_meant, struct err *err)
{
    const char *rest = NULL;
    const struct command *command = words_verb(line, &rest);
    struct entry *entry;
    int64_t id;

    *is_meant = false;
    if (command == NULL || !text_equal(command->name, "drop")) {
        return true;
    }
    if (words_reference(&rest, false, &id) && id != incident->id) {
        return true;
    }
    rest += strcspn(rest, ANY_DIGIT);
    if (!timeline_find(turn->store, incident->id, strtoll(rest, NULL, 10), &entry,
                       err)) {
        return false;
    }
    *is_meant = entry != NULL && feeling_is(entry);
    return true;
}
