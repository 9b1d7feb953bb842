/* Whose invitations are taken: by who they are, never by what a room is called. The own
 * homeserver's people always; the settings add to them. */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "bot/base/text.h"

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool matrix_trusts(const struct matrix *matrix, const char *user)
{
    const struct config_matrix *settings = &matrix->config->matrix;
    const char *colon = strchr(user, ':');

    if (is_among(user, settings->users, settings->user_count)) {
        return true;
    }
    return colon != NULL &&
           (text_equal(colon + 1, matrix->server) ||
            is_among(colon + 1, settings->servers, settings->server_count));
}
