/* A post whose answer was lost is looked for: where Slack gives little of the past, and
 * where it says nothing at all. */
#include "tests/wire/slack_gap.h"

static size_t titles(struct slack_peer *peer)
{
    size_t posts = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        posts += strcmp(peer->posts[i].channel, "C0INC1") == 0 &&
                         strstr(peer->posts[i].text, "Title:") != NULL
                     ? 1
                     : 0;
    }
    return posts;
}

static bool is_title_done(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0 && slack_is_idle(peer);
}

static bool is_title_lost(struct slack_peer *peer)
{
    return titles(peer) == 1 && peer->fault_times == 0;
}

static void lose_title(struct slack_peer *peer, enum slack_fault fault_kind)
{
    fault(peer, fault_kind, 1);
    peer->fault_method = "chat.postMessage";
    peer->fault_channel = "C0INC1";
    slack_peer_slash(peer, "e5", "t5", "title inc-1 the disk is full");
}

/* Every other page must be waited for: each try goes on where the last one was told to
 * wait. */
static void post__is_found__when_each_page_is_waited_for(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 2);
    peer->page = 1;
    peer->is_scarce = true;
    lose_title(peer, FAULT_DROP_AFTER);
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 5);
}

static bool is_title_cut(struct slack_peer *peer)
{
    return peer->fault_times == 0;
}

static bool is_title_posted(struct slack_peer *peer)
{
    return titles(peer) == 1;
}

static bool is_title_put_off(struct slack_peer *peer)
{
    return slack_count(peer, "outbox WHERE done_ms IS NULL AND unsure = 1 AND "
                             "claimed_until_ms = 0 AND body LIKE '%Title:%'") == 1;
}

/* Sent again it stands above the place up to which it was looked for. */
static void post__is_found__when_it_was_looked_for_before(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 2);
    peer->page = 1;
    peer->is_scarce = true;
    lose_title(peer, FAULT_DROP_BEFORE);
    slack_peer_await(peer, is_title_cut);
    peer->fault = FAULT_DROP_AFTER;
    peer->fault_times = 1;
    slack_peer_await(peer, is_title_posted);
    peer->said[0] =
        '\0'; /* the scripted Slack shows its posts below all that is said */
    slack_peer_await(peer, is_title_put_off);
    peer->clock.set_ms = TIME_MINUTE_MS;
    slack_peer_slash(peer, "e6", "t6", "task inc-1 <@U1|alice> look"); /* wakes it */
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
}

/* A page a minute: after a few of them it is sent again, for others wait behind it. */
static void post__is_sent_again__when_it_is_too_far_back(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 10);
    peer->page = 1;
    lose_title(peer, FAULT_DROP_AFTER);
    slack_peer_await(peer, is_title_lost);
    fault(peer, FAULT_429, 1000);
    peer->fault_channel = NULL;
    peer->fault_spares = 5;
    peer->wait_s = 31;
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 2);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 6);
}

/* A bot on another store posted there, and began to count anew. */
static void post__is_sent_again__when_another_store_had_its_number(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->page = 200;
    for (int row = 1; row <= 60; row++) {
        struct slack_peer_post *post = &peer->posts[peer->post_count++];

        *post = (struct slack_peer_post){.channel = "C0INC1", .made = "7"};
        snprintf(post->row, sizeof(post->row), "%d", row);
        snprintf(post->ts, sizeof(post->ts), "%ld.%06d", peer->clock_s, row);
    }
    lose_title(peer, FAULT_DROP_BEFORE);
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
    assert_true(slack_peer_calls(peer, "conversations.history") > 0);
}

/* Of its row, as any app may write it that has read ours. */
static void forge_title(struct slack_peer *peer)
{
    char mark[200];

    snprintf(mark, sizeof(mark),
             "\"bot_id\":\"B0OTHER\",\"metadata\":{\"event_type\":\"muster_post\","
             "\"event_payload\":{\"row\":\"%lld\",\"made\":\"%lld\"}},",
             (long long)slack_peer_number(
                 peer, "SELECT id FROM outbox WHERE body LIKE '%Title:%'"),
             (long long)slack_peer_number(
                 peer, "SELECT created_ms FROM outbox WHERE body LIKE '%Title:%'"));
    add_said(peer, mark, 1, "not ours");
}

/* Another app's message says that it is ours: then the title would never be said. */
static void post__is_sent_again__when_another_app_bears_its_mark(void **state)
{
    struct slack_peer *peer = declare(state);

    lose_title(peer, FAULT_DROP_BEFORE);
    slack_peer_await(peer, is_title_cut);
    forge_title(peer);
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
    assert_true(slack_peer_calls(peer, "conversations.history") > 0);
}

static void post__is_there_once__when_no_answer_comes(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->config->answer_ms = 1000;
    lose_title(peer, FAULT_SILENT);
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
    assert_true(slack_peer_calls(peer, "conversations.history") > 0);
}

static size_t pages(struct slack_peer *peer)
{
    size_t posts = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        posts += strcmp(peer->posts[i].channel, "DU2") == 0 ? 1 : 0;
    }
    return posts;
}

/* What is for one person alone is looked for where they and the bot talk. */
static void page__is_found__when_its_answer_is_lost(void **state)
{
    struct slack_peer *peer = declare(state);

    fault(peer, FAULT_DROP_AFTER, 1);
    peer->fault_method = "chat.postMessage";
    peer->fault_channel = "U2";
    slack_peer_slash(peer, "e5", "t5", "page inc-1 <@U2|bob> please");
    slack_peer_await(peer, is_title_done);
    assert_int_equal(peer->fault_times, 0);
    assert_int_equal(pages(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.open"), 1);
    assert_int_equal(slack_count(peer, "outbox WHERE kind = 'direct' AND ref LIKE "
                                       "'DU2:%'"),
                     1);
}

/* Better twice than never. */
static void post__is_sent_again__when_the_past_is_not_shown(void **state)
{
    struct slack_peer *peer = declare(state);

    lose_title(peer, FAULT_DROP_AFTER);
    slack_peer_await(peer, is_title_lost);
    peer->fault_channel = NULL;
    slack_says(peer, "conversations.history", "missing_scope", 1);
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 2);
}

static void post__is_found__when_slack_forgot_where_we_looked(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 2);
    peer->page = 1;
    lose_title(peer, FAULT_DROP_AFTER);
    slack_peer_await(peer, is_title_lost);
    peer->fault_channel = NULL;
    slack_says(peer, "conversations.history", "invalid_cursor", 1);
    peer->fault_spares = 1;
    slack_peer_await(peer, is_title_done);
    assert_int_equal(titles(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 5);
}

/* It was made by a clock that went an hour too fast. */
static void post__is_found__when_the_clock_was_put_right(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->clock.set_ms = TIME_HOUR_MS;
    slack_peer_slash(peer, "e3", "t3", "lead inc-1"); /* wakes whoever looks at it */
    slack_peer_await(peer, slack_is_third_done);
    lose_title(peer, FAULT_DROP_AFTER);
    slack_peer_await(peer, is_title_lost);
    peer->clock.set_ms = 0;
    slack_peer_slash(peer, "e6", "t6", "task inc-1 <@U1|alice> look");
    slack_peer_await(peer, is_title_done);
    assert_int_equal(slack_doubles(peer), 0);
    assert_true(slack_peer_calls(peer, "conversations.history") > 0);
}

static bool is_asked_again(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e6") > 0 &&
           slack_count(peer,
                       "outbox WHERE done_ms IS NULL AND claimed_until_ms > 0 AND body "
                       "LIKE '%Title:%'") == 1;
}

/* Its claim runs out while the first try still waits for its answer: two of one row
 * would each send it. */
static void post__is_tried_by_one_at_a_time__when_its_claim_runs_out(void **state)
{
    struct slack_peer *peer = declare(state);

    lose_title(peer, FAULT_SILENT);
    slack_peer_await(peer, is_title_lost);
    slack_peer_number(peer, "UPDATE outbox SET claimed_until_ms = 0 WHERE done_ms IS "
                            "NULL RETURNING 1");
    slack_peer_slash(peer, "e6", "t6", "status inc-1");
    slack_peer_await(peer, is_asked_again);
    assert_int_equal(titles(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(post__is_found__when_each_page_is_waited_for),
        GAP_TEST(post__is_found__when_it_was_looked_for_before),
        GAP_TEST(post__is_sent_again__when_it_is_too_far_back),
        GAP_TEST(post__is_sent_again__when_another_store_had_its_number),
        GAP_TEST(post__is_sent_again__when_another_app_bears_its_mark),
        GAP_TEST(post__is_there_once__when_no_answer_comes),
        GAP_TEST(page__is_found__when_its_answer_is_lost),
        GAP_TEST(post__is_sent_again__when_the_past_is_not_shown),
        GAP_TEST(post__is_found__when_slack_forgot_where_we_looked),
        GAP_TEST(post__is_found__when_the_clock_was_put_right),
        GAP_TEST(post__is_tried_by_one_at_a_time__when_its_claim_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
