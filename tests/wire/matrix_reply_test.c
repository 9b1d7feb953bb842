/* Who typed a line sees which of the room's messages answers it. */
#include "bot/base/time.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

static struct matrix_peer *begin(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    return peer;
}

static void say(struct matrix_peer *peer, const char *event)
{
    matrix_peer_room(peer, INC, NULL, NULL, event);
    matrix_peer_await(peer, is_idle);
}

/* The message with those words, as it was sent. */
static const char *sent(struct matrix_peer *peer, const char *words)
{
    const char *found = NULL;

    for (size_t i = 0; i < peer->call_count; i++) {
        if (strstr(peer->calls[i], "/send/m.room.message/") != NULL &&
            strstr(peer->bodies[i], words) != NULL) {
            assert_null(found);
            found = peer->bodies[i];
        }
    }
    assert_non_null(found);
    return found;
}

static void answer__is_a_reply__when_typed_in_the_room(void **state)
{
    struct matrix_peer *peer = begin(state);

    say(peer, message("$line", "!inc title the disk is full"));
    assert_non_null(
        strstr(sent(peer, "\"Title: "),
               "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$line\"}}"));
}

/* Beside the thread, where all see it. */
static void answer__is_a_reply_in_the_room__when_typed_in_a_thread(void **state)
{
    struct matrix_peer *peer = begin(state);
    char event[400];

    snprintf(event, sizeof(event),
             "{\"type\":\"m.room.message\",\"event_id\":\"$line\",\"sender\":\"@a:x\","
             "\"origin_server_ts\":%lld,\"content\":{\"msgtype\":\"m.text\",\"body\":"
             "\"!inc title the disk is full\",\"m.relates_to\":{\"rel_type\":"
             "\"m.thread\",\"event_id\":\"$root\"}}}",
             (long long)time_now_ms());
    say(peer, event);
    assert_non_null(
        strstr(sent(peer, "\"Title: "),
               "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$line\"}}"));
}

/* It is read in another room. */
static void answer__is_no_reply__when_for_them_alone(void **state)
{
    struct matrix_peer *peer = begin(state);

    say(peer, message("$line", "!inc done 99"));
    assert_null(strstr(sent(peer, "99"), "m.relates_to"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(answer__is_a_reply__when_typed_in_the_room),
        PEER_TEST(answer__is_a_reply_in_the_room__when_typed_in_a_thread),
        PEER_TEST(answer__is_no_reply__when_for_them_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
