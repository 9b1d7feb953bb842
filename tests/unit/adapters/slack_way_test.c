/* The way back to somebody who just typed: theirs, in that channel, for a while. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "adapters/slack_inner.h"
#include "bot/base/time.h"

static struct slack slack;

static void keep(size_t at, const char *person, const char *channel, int64_t age_ms)
{
    slack.urls[at] = (struct slack_url){.person = (char *)person,
                                        .channel = (char *)channel,
                                        .url = "https://hooks.slack.com/x",
                                        .since_ms = time_steady_ms() - age_ms};
    slack.next_url = at + 1;
}

static void way__is_theirs_alone__and_in_that_channel(void **state)
{
    (void)state;
    keep(0, "U1", "C1", 0);
    assert_null(slack_hear_way(&slack, "C2", "U1"));
    assert_null(slack_hear_way(&slack, "C1", "U2"));
    assert_non_null(slack_hear_way(&slack, "C1", "U1"));
    assert_int_equal(slack.urls[0].uses, 1);
}

/* Slack takes it for half an hour, and five times. */
static void way__is_none__when_old_or_used_up(void **state)
{
    (void)state;
    keep(0, "U1", "C1", 29 * TIME_MINUTE_MS);
    assert_null(slack_hear_way(&slack, "C1", "U1"));
    keep(0, "U1", "C1", 28 * TIME_MINUTE_MS);
    for (int uses = 0; uses < 5; uses++) {
        assert_non_null(slack_hear_way(&slack, "C1", "U1"));
    }
    assert_null(slack_hear_way(&slack, "C1", "U1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(way__is_theirs_alone__and_in_that_channel),
        cmocka_unit_test(way__is_none__when_old_or_used_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
