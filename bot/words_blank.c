/* The part of bot/words.h that is about blanks of other kinds: a page that was copied
 * from has them, and the keyboards of some languages. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/words.h"

static size_t odd_blank_bytes(const char *at)
{
    static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe3\x80\x80"};

    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        if (text_starts(at, blanks[i])) {
            return strlen(blanks[i]);
        }
    }
    return 0;
}

static const char *with_plain_blanks(struct arena *arena, const char *text)
{
    static const char leads[] = "\xc2\xe2\xe3";
    size_t plain = strcspn(text, leads);
    struct text out;

    if (text[plain] == '\0') {
        return text;
    }
    text_init(&out, arena);
    while (*text != '\0') {
        size_t blank;

        text_add_n(&out, text, plain);
        text += plain;
        blank = odd_blank_bytes(text);
        text_add(&out, blank > 0 ? " " : "");
        text += blank;
        plain = blank > 0 || *text == '\0' ? 0 : 1;
        plain += strcspn(text + plain, leads);
    }
    return out.data;
}

/* Where its first word stands: keyboards of languages that are written from the right
 * put a mark before it that nobody sees. */
static const char *words_begin(const char *text)
{
    const char *at = text_skip(text);
    size_t odd;

    while ((odd = odd_blank_bytes(at) + text_hidden_bytes(at)) > 0) {
        at = text_skip(at + odd);
    }
    return at;
}

/* Looked at before any copy is made: most of what is heard is talk. */
static bool may_be_command(const struct chat_event *event, const char *at)
{
    return event->kind == CHAT_COMMAND || event->place.is_direct || *at == '!' ||
           *at == '/';
}

const struct chat_event *words_hear_blanks(struct arena *arena,
                                           const struct chat_event *event)
{
    const char *begin = words_begin(text_or(event->text, ""));
    const char *plain;
    struct chat_event *now;

    if (event->text == NULL || !may_be_command(event, begin)) {
        return event;
    }
    plain = with_plain_blanks(arena, begin);
    if (plain == event->text ||
        (event->kind != CHAT_COMMAND && !event->place.is_direct &&
         words_after_prefix(plain) == NULL)) {
        return event;
    }
    now = ARENA_NEW(arena, struct chat_event);
    *now = *event;
    now->text = plain;
    return now;
}
