#include "tests/wire/slack_state.h"

#include <unistd.h>

int slack_setup(void **state)
{
    *state = slack_peer_create(NULL, "127.0.0.1");
    return 0;
}

int slack_teardown(void **state)
{
    slack_peer_destroy(*state);
    return 0;
}

bool slack_has_socket(struct slack_peer *peer)
{
    return peer->socket_count > 0;
}

bool slack_has_two_sockets(struct slack_peer *peer)
{
    return peer->socket_count > 1;
}

bool slack_has_left_first(struct slack_peer *peer)
{
    return peer->is_gone[0];
}

int64_t slack_count(struct slack_peer *peer, const char *condition)
{
    return slack_peer_number(
        peer, arena_printf(peer->config->arena, "SELECT COUNT(*) FROM %s", condition));
}

int64_t slack_open_rows(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL");
}

int64_t slack_buried_rows(struct slack_peer *peer)
{
    return slack_peer_number(
        peer, "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL");
}

bool slack_is_idle(struct slack_peer *peer)
{
    return slack_open_rows(peer) == 0;
}

static bool is_done(struct slack_peer *peer, const char *envelope)
{
    return slack_peer_acks(peer, envelope) > 0 && slack_is_idle(peer);
}

bool slack_is_first_done(struct slack_peer *peer)
{
    return is_done(peer, "e1");
}

bool slack_is_second_done(struct slack_peer *peer)
{
    return is_done(peer, "e2");
}

bool slack_is_third_done(struct slack_peer *peer)
{
    return is_done(peer, "e3");
}

size_t slack_doubles(struct slack_peer *peer)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        for (size_t j = 0; j < i && peer->posts[i].row[0] != '\0'; j++) {
            if (strcmp(peer->posts[i].row, peer->posts[j].row) == 0) {
                count += 1;
                break;
            }
        }
    }
    return count;
}

struct slack_peer *slack_start(void **state)
{
    struct slack_peer *peer = *state;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    return peer;
}

struct slack_peer *slack_declare(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    return peer;
}

void slack_fault_once(struct slack_peer *peer, const char *method,
                      enum slack_fault fault)
{
    peer->fault_method = method;
    peer->fault = fault;
    peer->fault_times = method == NULL ? 0 : 1;
}

void slack_says(struct slack_peer *peer, const char *method, const char *error,
                int times)
{
    peer->fault_method = method;
    peer->fault = FAULT_ERROR;
    peer->fault_error = error;
    peer->fault_times = times;
}

size_t slack_lines_with(struct slack_peer *peer, const char *words,
                        void (*act)(struct slack_peer *))
{
    char line[2048];
    size_t count = 0;
    FILE *log = tmpfile();
    int kept = dup(2);

    assert_non_null(log);
    assert_true(dup2(fileno(log), 2) >= 0);
    act(peer);
    fflush(stderr);
    assert_true(dup2(kept, 2) >= 0);
    close(kept);
    rewind(log);
    while (fgets(line, sizeof(line), log) != NULL) {
        count += strstr(line, words) != NULL ? 1 : 0;
    }
    fclose(log);
    return count;
}
