/* What can be said of an answer without asking curl. */
#include "adapters/http.h"

const char *http_problem(struct arena *arena, enum http_outcome outcome,
                         const char *host, const char *detail)
{
    switch (outcome) {
    case HTTP_ANSWERED: return "";
    case HTTP_REFUSED: return arena_copy(arena, detail);
    case HTTP_NO_NAME: return arena_printf(arena, "the name %s was not found", host);
    case HTTP_NO_CONNECT: return arena_printf(arena, "could not connect to %s", host);
    case HTTP_NO_TRUST: return arena_printf(arena, "no trust in %s: %s", host, detail);
    case HTTP_TIMED_OUT: return arena_printf(arena, "%s did not answer in time", host);
    case HTTP_LOST:
        return arena_printf(arena, "the connection to %s ended before the answer",
                            host);
    case HTTP_TOO_BIG: return arena_printf(arena, "the answer of %s is too big", host);
    }
    return "";
}
