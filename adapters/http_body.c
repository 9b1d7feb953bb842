#include "adapters/http_body.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/err.h"

bool http_body_add(struct http_body *body, const char *bytes, size_t length)
{
    size_t needed;

    if (length > body->max - body->length) {
        return false;
    }
    needed = body->length + length + 1;
    if (needed > body->capacity) {
        body->capacity = needed < 2048 ? 4096 : needed * 2;
        body->bytes = realloc(body->bytes, body->capacity);
        INSIST(body->bytes != NULL);
    }
    memcpy(body->bytes + body->length, bytes, length);
    body->length += length;
    body->bytes[body->length] = '\0';
    return true;
}
