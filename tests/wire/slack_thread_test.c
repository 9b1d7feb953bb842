/* What is typed in a thread is answered in it, and seen in the channel as well. */
#include "tests/wire/slack_gap.h"

#define THREAD "1795300000.000001"

static void mention(struct slack_peer *peer, const char *thread, const char *line)
{
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"m1\",\"type\":\"events_api\",\"payload\":{"
                     "\"event\":{\"type\":\"app_mention\",\"channel\":\"C0INC1\","
                     "\"user\":\"U1\",\"text\":\"<@U0BOT> %s\",\"ts\":\"%ld.000007\","
                     "\"thread_ts\":\"%s\"}}}",
                     line, peer->clock_s, thread));
}

static bool is_answered(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "m1") > 0 && slack_is_idle(peer);
}

static bool has_answer(struct slack_peer *peer)
{
    return peer->answer_count > 0 && slack_is_idle(peer);
}

/* The only post with those words. */
static const struct slack_peer_post *only(struct slack_peer *peer, const char *words)
{
    const struct slack_peer_post *found = NULL;

    for (size_t i = 0; i < peer->post_count; i++) {
        if (strstr(peer->posts[i].text, words) != NULL) {
            assert_null(found);
            found = &peer->posts[i];
        }
    }
    assert_non_null(found);
    return found;
}

static void answer__is_in_thread_and_channel__when_typed_in_a_thread(void **state)
{
    struct slack_peer *peer = declare(state);
    const struct slack_peer_post *post;

    mention(peer, THREAD, "title the disk is full");
    slack_peer_await(peer, is_answered);
    post = only(peer, "Title:");
    assert_string_equal(post->channel, "C0INC1");
    assert_string_equal(post->thread, THREAD);
    assert_true(post->is_broadcast);
}

static void answer__stands_alone__when_typed_in_the_channel(void **state)
{
    struct slack_peer *peer = declare(state);
    const struct slack_peer_post *post;

    mention(peer, "", "title the disk is full");
    slack_peer_await(peer, is_answered);
    post = only(peer, "Title:");
    assert_string_equal(post->thread, "");
    assert_false(post->is_broadcast);
}

/* A phone shows the thread, or the channel. */
static void whisper__is_in_the_thread__when_typed_there(void **state)
{
    struct slack_peer *peer = declare(state);
    const struct slack_peer_post *post;

    mention(peer, THREAD, "done 99");
    slack_peer_await(peer, is_answered);
    post = only(peer, "99");
    assert_true(post->is_private);
    assert_string_equal(post->thread, THREAD);
}

/* The way that a slash command opened is the channel's, which is not where they are. */
static void whisper__is_in_the_thread__when_its_way_is_the_channels(void **state)
{
    struct slack_peer *peer = declare(state);
    const char *end = strstr(peer->wire.url, "/api/");

    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"e5\",\"type\":\"slash_commands\","
                                 "\"payload\":{\"command\":\"/incident\",\"text\":"
                                 "\"done 98\",\"user_id\":\"U1\",\"channel_id\":"
                                 "\"C0INC1\",\"trigger_id\":\"t5\",\"response_url\":"
                                 "\"%.*s/answer/1\"}}",
                                 (int)(end - peer->wire.url), peer->wire.url));
    slack_peer_await(peer, has_answer);
    assert_null(strstr(peer->answers[0], "thread_ts"));
    mention(peer, THREAD, "done 99");
    slack_peer_await(peer, is_answered);
    assert_int_equal(peer->answer_count, 2);
    assert_non_null(strstr(peer->answers[1], "\"thread_ts\":\"" THREAD "\""));
}

static void answer__stands_beside__when_the_thread_is_locked(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->locks_threads = true;
    mention(peer, THREAD, "title the disk is full");
    slack_peer_await(peer, is_answered);
    assert_string_equal(only(peer, "Title:")->thread, "");
    assert_int_equal(slack_buried_rows(peer), 0);
}

static bool is_lost(struct slack_peer *peer)
{
    return peer->fault_times == 0;
}

static void lose_answer(struct slack_peer *peer, int spares)
{
    peer->fault_method = "chat.postMessage";
    peer->fault_channel = "C0INC1";
    peer->fault = FAULT_DROP_AFTER;
    peer->fault_times = 1;
    peer->fault_spares = spares;
    mention(peer, THREAD, "title the disk is full");
    slack_peer_await(peer, is_lost);
}

static void answer__is_found_in_the_thread__when_slacks_word_is_lost(void **state)
{
    struct slack_peer *peer = declare(state);

    lose_answer(peer, 0);
    slack_peer_await(peer, is_answered);
    assert_string_equal(only(peer, "Title:")->thread, THREAD);
    assert_int_equal(slack_peer_calls(peer, "conversations.replies"), 1);
}

static void answer__is_found_beside_it__when_the_thread_is_locked(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->locks_threads = true;
    lose_answer(peer, 1);
    slack_peer_await(peer, is_answered);
    assert_string_equal(only(peer, "Title:")->thread, "");
}

/* Each second page is waited for: what comes behind the wait is beside the thread. */
static void answer__is_found_beside_it__when_the_pages_are_waited_for(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->locks_threads = peer->is_scarce = true;
    lose_answer(peer, 1);
    slack_peer_await(peer, is_answered);
    assert_string_equal(only(peer, "Title:")->thread, "");
    assert_int_equal(slack_peer_calls(peer, "conversations.replies"), 1);
}

/* Its first message was deleted meanwhile. */
static void answer__is_found_beside_it__when_the_thread_is_gone(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->locks_threads = true;
    lose_answer(peer, 1);
    peer->fault_method = "conversations.replies";
    peer->fault = FAULT_ERROR;
    peer->fault_error = "thread_not_found";
    peer->fault_times = 1;
    slack_peer_await(peer, is_answered);
    assert_int_equal(peer->fault_times, 0);
    only(peer, "Title:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(answer__is_in_thread_and_channel__when_typed_in_a_thread),
        GAP_TEST(answer__stands_alone__when_typed_in_the_channel),
        GAP_TEST(whisper__is_in_the_thread__when_typed_there),
        GAP_TEST(whisper__is_in_the_thread__when_its_way_is_the_channels),
        GAP_TEST(answer__stands_beside__when_the_thread_is_locked),
        GAP_TEST(answer__is_found_in_the_thread__when_slacks_word_is_lost),
        GAP_TEST(answer__is_found_beside_it__when_the_thread_is_locked),
        GAP_TEST(answer__is_found_beside_it__when_the_pages_are_waited_for),
        GAP_TEST(answer__is_found_beside_it__when_the_thread_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
