#include "bot/wording.h"

#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"

#define ASCII_LOWER 0x20 /* the bit that tells a from A */

/* What is said of several. */
#define ENDS_THE_SEARCH PHRASE_LATER("It ends the search. What made it easy to do?")
#define DID_NOT_HAPPEN                                                                 \
    PHRASE_LATER("It tells what did not happen. What did, and why did it make sense?")
#define ABOUT_A_PERSON                                                                 \
    PHRASE_LATER("It is about a person. What made it easy to do or to miss?")
#define WHO_IS_THAT                                                                    \
    PHRASE_LATER("Outside nobody knows who that is: name what happened.")
#define PLAYS_DOWN  PHRASE_LATER("It may read as playing it down to whoever was hit.")
#define HOW_MANY    PHRASE_LATER("It may read as playing it down: how many?")
#define WHAT_FAILED PHRASE_LATER("It may read as playing it down: what did not work?")

/* Lower case; whole words. */
static const struct wording blaming[] = {
    {"root"
     " cause",
     PHRASE_LATER("There is more than one: what else had to be so?")},
    {"human error", ENDS_THE_SEARCH},
    {"user error", ENDS_THE_SEARCH},
    {"operator error", ENDS_THE_SEARCH},
    {"should have", DID_NOT_HAPPEN},
    {"should've", DID_NOT_HAPPEN},
    {"failed to", DID_NOT_HAPPEN},
    {"neglected to", PHRASE_LATER("It tells what did not happen. What did, and why?")},
    {"forgot to", PHRASE_LATER("What would have brought it to mind?")},
    {"careless", ABOUT_A_PERSON},
    {"carelessness", ABOUT_A_PERSON},
    {"negligence", ABOUT_A_PERSON},
    {"incompetent", ABOUT_A_PERSON},
    {"stupid", ABOUT_A_PERSON},
    {"to blame", ABOUT_A_PERSON},
    {"'s fault", ABOUT_A_PERSON},
    {"obviously", PHRASE_LATER("Afterwards it is. How did it look at the time?")},
};

static const struct wording softening[] = {
    {"we", WHO_IS_THAT},
    {"us", WHO_IS_THAT},
    {"our", WHO_IS_THAT},
    {"my", WHO_IS_THAT},
    {"i was", WHO_IS_THAT},
    {"i did", WHO_IS_THAT},
    {"only", PLAYS_DOWN},
    {"just", PLAYS_DOWN},
    {"merely", PLAYS_DOWN},
    {"minor", PLAYS_DOWN},
    {"slight", PLAYS_DOWN},
    {"slightly", PLAYS_DOWN},
    {"briefly", PHRASE_LATER("It may read as playing it down: from when to when?")},
    {"small number", HOW_MANY},
    {"a few", HOW_MANY},
    {"some users", HOW_MANY},
    {"glitch", WHAT_FAILED},
    {"hiccup", WHAT_FAILED},
    {"blip", WHAT_FAILED},
    {"inconvenience", PHRASE_LATER("It says little: what could people not do?")},
};

/* Each with "i", "my" or "me" in it: see names_oneself. */
static const char *const self_blame[] = {
    "my fault",       "my bad",         "my mistake",     "my own fault",
    "i broke",        "i messed up",    "i screwed up",   "i fucked up",
    "blame me",       "i'm to blame",   "i am to blame",  "i caused this",
    "i caused it",    "i should have",  "i'm so stupid",  "i'm an idiot",
    "i am an idiot",  "i let you down", "i let everyone", "i feel stupid",
    "i was careless", "because of me",  "on me, sorry",   "i'm so sorry",
};

/* A hyphen binds: "us-east-1" is not "us". */
static bool goes_on(const char *behind)
{
    return text_is_letter(*behind) || (*behind == '-' && text_is_letter(behind[1]));
}

/* One that begins with a mark ("'s fault") may stand behind a letter. */
static bool is_word_at(const char *text, const char *at, const char *word)
{
    return (*at | ASCII_LOWER) == (*word | ASCII_LOWER) && text_starts(at, word) &&
           !goes_on(at + strlen(word)) &&
           (at == text || !text_is_letter(at[-1]) || !text_is_letter(*word));
}

/* Where a whole word stands, or several; NULL: nowhere. */
static const char *find_word(const char *text, const char *word)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (is_word_at(text, at, word)) {
            return at;
        }
    }
    return NULL;
}

struct hits {
    const struct wording **all;
    size_t count, max;
};

static void find(struct hits *hits, const char *text, const struct wording *list,
                 size_t count)
{
    for (size_t i = 0; i < count && hits->count < hits->max; i++) {
        if (find_word(text, list[i].word) != NULL) {
            hits->all[hits->count++] = &list[i];
        }
    }
}

size_t wording_all(const char *text, enum wording_reader reader,
                   const struct wording *found[], size_t max)
{
    struct hits hits = {.all = found, .max = max};

    if (text_is_empty(text)) {
        return 0;
    }
    find(&hits, text, blaming, sizeof(blaming) / sizeof(blaming[0]));
    if (reader == WORDING_OUTSIDE) {
        find(&hits, text, softening, sizeof(softening) / sizeof(softening[0]));
    }
    return hits.count;
}

const struct wording *wording_find(const char *text, enum wording_reader reader)
{
    const struct wording *found;

    return wording_all(text, reader, &found, 1) == 0 ? NULL : found;
}

static bool names_oneself(const char *at)
{
    int first = at[0] | ASCII_LOWER, second = at[1] | ASCII_LOWER;

    return (first == 'i' && !text_is_letter(at[1])) ||
           (first == 'm' && (second == 'y' || second == 'e') && !text_is_letter(at[2]));
}

static const char *find_blame(const char *text, size_t *length_bytes)
{
    for (size_t i = 0; i < sizeof(self_blame) / sizeof(self_blame[0]); i++) {
        const char *at = find_word(text, self_blame[i]);

        if (at != NULL) {
            *length_bytes = strlen(self_blame[i]);
            return at;
        }
    }
    return NULL;
}

/* All that is said in an incident's channel comes by here: it is looked at closer only
 * where it speaks of oneself. */
const char *wording_self_blame(const char *text, size_t *length_bytes)
{
    bool is_inside = false;

    for (const char *at = text; *at != '\0'; at++) {
        if (!is_inside && names_oneself(at)) {
            return find_blame(text, length_bytes);
        }
        is_inside = text_is_letter(*at);
    }
    return NULL;
}
