#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/base/text.h"
#include "bot/retro_answers.h"

/* "data no | private - | money yes: two | rest" */
static const char *read(struct arena *arena, const char *typed)
{
    struct retro_reply replies[RETRO_QUESTIONS];
    struct text text;
    const char *rest;

    retro_replies_read(arena, typed, replies, &rest);
    text_init(&text, arena);
    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        const struct retro_reply *reply = &replies[i];

        text_addf(&text, "%s%s%s | ", reply->is_given ? reply->answer : "-",
                  reply->is_given && *reply->text != '\0' ? ": " : "",
                  reply->is_given ? reply->text : "");
    }
    text_add(&text, rest);
    return text.data;
}

static void retro_replies_read__takes_the_three_apart(void **state)
{
    struct arena *arena = arena_create();

    (void)state;
    assert_string_equal(read(arena, "data lost no, private data seen no, money wrong "
                                    "yes: two double payments, paid back at 04:14"),
                        "no | no | yes: two double payments, paid back at 04:14 | ");
    assert_string_equal(read(arena, "Money wrong: NO. was data lost? yes, 14 orders; "
                                    "and private data seen not known"),
                        "yes: 14 orders | unknown | no | ");
    assert_string_equal(read(arena, "private data seen unknown"), "- | unknown | - | ");
    assert_string_equal(read(arena, "No data was lost, no private data seen and no "
                                    "money was wrong: all is paid back"),
                        "no | no | no: all is paid back | ");
    assert_string_equal(read(arena, "of EU no data was lost"), "no | - | - | of EU");
    assert_string_equal(read(arena,
                             "no data lost, private data was not seen, money not "
                             "wrong"),
                        "no | no | no | ");
    assert_string_equal(read(arena, "data was lost: yes, 14 orders. Private data seen: "
                                    "none, money was wrong not yet known"),
                        "yes: 14 orders. | no | unknown | ");
    assert_string_equal(read(arena, "was any data lost? no"), "no | - | - | ");
    assert_string_equal(read(arena, "data lost no, we looked and did not find any"),
                        "no: we looked and did not find any | - | - | ");
    assert_string_equal(read(arena,
                             "data lost no and was any money wrong? we don\u2019t "
                             "know yet"),
                        "no | - | unknown | ");
    assert_string_equal(read(arena, "private data seen no data lost no"),
                        "no | no | - | ");
    arena_destroy(arena);
}

/* Else the words of one answer would be told as those of another. */
static void retro_replies_read__takes_short_ones__where_they_are_a_clause(void **state)
{
    struct arena *arena = arena_create();

    (void)state;
    assert_string_equal(read(arena, "no data lost, no private data seen, money not "
                                    "known"),
                        "no | no | unknown | ");
    assert_string_equal(read(arena, "no data was lost. private data was not seen. "
                                    "money: we do not know yet"),
                        "no | no | unknown | ");
    assert_string_equal(read(arena, "data no, private no and money: yes, two orders"),
                        "no | no | yes: two orders | ");
    assert_string_equal(read(arena, "data lost no, we have data not known to others"),
                        "no: we have data not known to others | - | - | ");
    assert_string_equal(read(arena, "data none of ours"),
                        "- | - | - | data none of ours");
    arena_destroy(arena);
}

static void retro_replies_read__leaves_other_words_alone(void **state)
{
    struct arena *arena = arena_create();

    (void)state;
    assert_string_equal(read(arena, "we phoned the bank, and data lost no"),
                        "no | - | - | we phoned the bank");
    assert_string_equal(read(arena, "data lost nothing we know of"),
                        "- | - | - | data lost nothing we know of");
    assert_string_equal(read(arena, "no data was lostly"),
                        "- | - | - | no data was lostly");
    assert_string_equal(read(arena, "metadata lost no"),
                        "- | - | - | metadata lost no");
    assert_string_equal(read(arena, ""), "- | - | - | ");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retro_replies_read__takes_the_three_apart),
        cmocka_unit_test(retro_replies_read__takes_short_ones__where_they_are_a_clause),
        cmocka_unit_test(retro_replies_read__leaves_other_words_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
