/* Whose invitations are taken: by who they are, never by what a room is called. */
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
    if (colon == NULL) {
        return false;
    }
    return settings->server_count == 0
               ? text_equal(colon + 1, matrix->server)
               : is_among(colon + 1, settings->servers, settings->server_count);
}
