/* A disk that takes seconds for one commit: the ack of a command comes when Slack has
 * given up on it. Who typed it has the answer all the same. */
#include <sys/syscall.h>
#include <unistd.h>

#include "bot/base/time.h"
#include "tests/store/folder.h"
#include "tests/wire/slack_state.h"

#define STALL_S 5

static int stalls; /* so many of the next syncs take long */

/* SQLite calls this one in place of the library's. */
int fdatasync(int fd)
{
    if (stalls > 0) {
        stalls--;
        sleep(STALL_S);
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static struct slack_peer *peer_of(void **state)
{
    return slack_peer_create_kept(folder_path(*state, "muster.db"));
}

static bool is_declared(struct slack_peer *peer)
{
    return slack_is_first_done(peer) && peer->post_count > 0;
}

static bool is_answered(struct slack_peer *peer)
{
    return slack_is_second_done(peer) && peer->answer_count > 0;
}

static void command__is_answered__when_its_ack_comes_too_late(void **state)
{
    struct slack_peer *peer = peer_of(state);
    const char *end = strstr(peer->wire.url, "/api/");
    int64_t began_ms;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare checkout fails");
    slack_peer_await(peer, is_declared);
    began_ms = time_steady_ms();
    stalls = 1;
    slack_peer_send(
        peer, arena_printf(peer->config->arena,
                           "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\","
                           "\"payload\":{\"command\":\"/incident\",\"text\":\"list\","
                           "\"user_id\":\"U1\",\"channel_id\":\"C0OPS\","
                           "\"trigger_id\":\"t2\",\"response_url\":\"%.*s/answer/1\"}}",
                           (int)(end - peer->wire.url), peer->wire.url));
    slack_peer_await(peer, is_answered);
    assert_true(time_steady_ms() - began_ms >= STALL_S * TIME_SECOND_MS);
    assert_int_equal(slack_peer_acks(peer, "e2"), 1);
    assert_int_equal(peer->answer_count, 1);
    slack_peer_destroy(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            command__is_answered__when_its_ack_comes_too_late, folder_setup,
            folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
