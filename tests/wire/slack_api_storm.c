/* A storm of 429: so many calls of a method are refused, and each refusal is kept in
 * mind: who calls before its Retry-After is over did not listen. */
#include "bot/base/time.h"
#include "tests/wire/slack_api.h"
#include "tests/wire/slack_peer.h"

bool slack_storm_meets(struct slack_peer *peer, const char *method)
{
    for (size_t i = 0; i < SLACK_STORMS; i++) {
        struct slack_storm *storm = &peer->storms[i];
        int64_t now_ms = time_steady_ms();

        if (storm->method == NULL || strcmp(storm->method, method) != 0) {
            continue;
        }
        if (now_ms < storm->until_ms &&
            peer->looks > storm->told_looks + SLACK_ON_ITS_WAY_LOOKS) {
            storm->early++;
        }
        if (storm->times > 0) {
            storm->times--;
            storm->refused++;
            storm->told_looks = peer->looks;
            storm->until_ms = now_ms + storm->wait_s * TIME_SECOND_MS;
            return true;
        }
    }
    return false;
}

void slack_storm_answer(struct slack_peer *peer, struct server_peer *connection,
                        const char *method)
{
    char wait[40] = "";

    for (size_t i = 0; i < SLACK_STORMS; i++) {
        if (peer->storms[i].method != NULL &&
            strcmp(peer->storms[i].method, method) == 0 && peer->storms[i].wait_s > 0) {
            snprintf(wait, sizeof(wait), "Retry-After: %d\r\n", peer->storms[i].wait_s);
        }
    }
    server_answer(connection, 429, wait, "{\"ok\":false,\"error\":\"ratelimited\"}");
}
