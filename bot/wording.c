#include "bot/wording.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"

#define ASCII_LOWER 0x20 /* the bit that tells a from A */

/* Lower case; whole words. */
static const struct wording blaming[] = {
    {"root"
     " cause",
     "There is more than one: what else had to be so?"},
    {"human error", "It ends the search. What made it easy to do?"},
    {"user error", "It ends the search. What made it easy to do?"},
    {"operator error", "It ends the search. What made it easy to do?"},
    {"should have",
     "It tells what did not happen. What did, and why did it make sense?"},
    {"should've", "It tells what did not happen. What did, and why did it make sense?"},
    {"failed to", "It tells what did not happen. What did, and why did it make sense?"},
    {"neglected to", "It tells what did not happen. What did, and why?"},
    {"forgot to", "What would have brought it to mind?"},
    {"careless", "It is about a person. What made it easy to do or to miss?"},
    {"carelessness", "It is about a person. What made it easy to do or to miss?"},
    {"negligence", "It is about a person. What made it easy to do or to miss?"},
    {"incompetent", "It is about a person. What made it easy to do or to miss?"},
    {"stupid", "It is about a person. What made it easy to do or to miss?"},
    {"to blame", "It is about a person. What made it easy to do or to miss?"},
    {"'s fault", "It is about a person. What made it easy to do or to miss?"},
    {"obviously", "Afterwards it is. How did it look at the time?"},
};

static const struct wording softening[] = {
    {"we", "Outside nobody knows who that is: name what happened."},
    {"us", "Outside nobody knows who that is: name what happened."},
    {"our", "Outside nobody knows who that is: name what happened."},
    {"only", "It may read as playing it down to whoever was hit."},
    {"just", "It may read as playing it down to whoever was hit."},
    {"merely", "It may read as playing it down to whoever was hit."},
    {"minor", "It may read as playing it down to whoever was hit."},
    {"slight", "It may read as playing it down to whoever was hit."},
    {"slightly", "It may read as playing it down to whoever was hit."},
    {"briefly", "It may read as playing it down: from when to when?"},
    {"small number", "It may read as playing it down: how many?"},
    {"a few", "It may read as playing it down: how many?"},
    {"some users", "It may read as playing it down: how many?"},
    {"glitch", "It may read as playing it down: what did not work?"},
    {"hiccup", "It may read as playing it down: what did not work?"},
    {"blip", "It may read as playing it down: what did not work?"},
    {"inconvenience", "It says little: what could people not do?"},
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

static bool is_letter(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

/* One that begins with a mark ("'s fault") may stand behind a letter. */
static bool is_word_at(const char *text, const char *at, const char *word)
{
    return (*at | ASCII_LOWER) == (*word | ASCII_LOWER) && text_starts(at, word) &&
           !is_letter(at[strlen(word)]) &&
           (at == text || !is_letter(at[-1]) || !is_letter(*word));
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

static const struct wording *find(const char *text, const struct wording *list,
                                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (find_word(text, list[i].word) != NULL) {
            return &list[i];
        }
    }
    return NULL;
}

const struct wording *wording_find(const char *text, enum wording_reader reader)
{
    const struct wording *found;

    if (text_is_empty(text)) {
        return NULL;
    }
    found = find(text, blaming, sizeof(blaming) / sizeof(blaming[0]));
    return found == NULL && reader == WORDING_OUTSIDE
               ? find(text, softening, sizeof(softening) / sizeof(softening[0]))
               : found;
}

static bool names_oneself(const char *at)
{
    int first = at[0] | ASCII_LOWER, second = at[1] | ASCII_LOWER;

    return (first == 'i' && !is_letter(at[1])) ||
           (first == 'm' && (second == 'y' || second == 'e') && !is_letter(at[2]));
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
        is_inside = is_letter(*at);
    }
    return NULL;
}
