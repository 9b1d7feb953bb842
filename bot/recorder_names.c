/* Who is meant in what somebody said. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/recorder.h"

bool recorder_name_people(struct turn *turn, const char *adapter, const char *text,
                          const char **named, struct err *err)
{
    struct text out;
    const char *at = text;
    const char *open;

    *named = text;
    if (strstr(text, "<@") == NULL) {
        return true;
    }
    text_init(&out, turn->arena);
    while ((open = strstr(at, "<@")) != NULL) {
        size_t length = strcspn(open + 2, "|>");
        const char *close = strchr(open, '>');
        struct person *person = NULL;

        if (close == NULL) {
            break;
        }
        if (!person_find_external(turn->store, adapter,
                                  arena_copy_n(turn->arena, open + 2, length), &person,
                                  err)) {
            return false;
        }
        text_add_n(&out, at, (size_t)(open - at));
        text_addf(&out, "%s%s", person == NULL && open[2] == '@' ? "" : "@",
                  person != NULL ? person->handle
                                 : arena_copy_n(turn->arena, open + 2, length));
        at = close + 1;
    }
    text_add(&out, at);
    *named = out.data;
    return true;
}
