/* Whose invitations are taken: by who they are, never by what a room is called. The own
 * homeserver's people, unless the settings name some of them; the settings add others.
 */
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

static bool is_of(const char *user, const char *server)
{
    const char *colon = strchr(user, ':');

    return colon != NULL && text_equal(colon + 1, server);
}

/* On a big public homeserver "our own people" would be everybody. */
static bool names_our_own(const struct matrix *matrix)
{
    const struct config_matrix *settings = &matrix->config->matrix;

    for (size_t i = 0; i < settings->user_count; i++) {
        if (is_of(settings->users[i], matrix->server)) {
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
    return (is_of(user, matrix->server) && !names_our_own(matrix)) ||
           (colon != NULL &&
            is_among(colon + 1, settings->servers, settings->server_count));
}
