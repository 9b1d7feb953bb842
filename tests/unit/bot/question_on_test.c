/* "Don't know", in its many forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/question_on.h"

static void unknowing__is_heard_in_its_many_forms(void **state)
{
    static const char *const texts[] = {
        "don't know",
        "Don't know either. it is a payments thing",
        "I don\u2019t know",
        "no idea, sorry",
        "NOT SURE",
        "dunno",
        "Sorry, I don't know",
        "hm, not sure",
        "I'm not sure about that one.",
        "Hmm... no idea!",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_true(question_is_unknowing(texts[i]));
    }
}

static void unknowing__is_no_answer_that_helps(void **state)
{
    static const char *const texts[] = {
        "yes, the whole batch of 50",
        "no",
        "don't know about the batch, but the worker retries without end",
        "I had no idea until today: the flag is new_checkout",
        "not sure why, restart the worker",
        "not sure why: the worker is full",
        "dunno - try the worker",
        "no idea, sorry, the flag is new_checkout",
        "not sure, maybe the cache",
        "do I look like I don't know? restart the worker",
        "no idea who wrote it and yet a restart of the worker always helps",
        "dunnon",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_false(question_is_unknowing(texts[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknowing__is_heard_in_its_many_forms),
        cmocka_unit_test(unknowing__is_no_answer_that_helps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
