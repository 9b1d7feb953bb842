#include "adapters/websocket_out.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "bot/base/err.h"

#define FRAME_TEXT       0x81 /* FIN and opcode 1 */
#define FRAME_CLOSE      0x88
#define FRAME_MASKED     0x80
#define FRAME_TWO_BYTES  126
#define FRAME_HEAD_BYTES 8 /* the longest head of a frame under 64 KiB */

/* RFC 6455 wants masks nobody can foresee; one call to the kernel is enough for 64. */
static void out_mask(struct websocket_out *out, unsigned char *mask)
{
    if (out->masks_left == 0) {
        ssize_t got = getrandom(out->masks, sizeof(out->masks), 0);
        INSIST(got == (ssize_t)sizeof(out->masks));
        out->masks_left = sizeof(out->masks);
    }
    out->masks_left -= 4;
    memcpy(mask, out->masks + out->masks_left, 4);
}

static unsigned char *out_room(struct websocket_out *out, size_t more_bytes)
{
    size_t needed = WEBSOCKET_OUT_FRONT + out->bytes + more_bytes;
    if (needed > out->capacity_bytes) {
        out->capacity_bytes = needed * 2;
        out->data = realloc(out->data, out->capacity_bytes);
        INSIST(out->data != NULL);
    }
    return out->data + WEBSOCKET_OUT_FRONT + out->bytes;
}

static bool out_frame(struct websocket_out *out, unsigned char first, const char *text,
                      size_t length_bytes)
{
    INSIST(length_bytes <= 65535);
    if (out->bytes + length_bytes + FRAME_HEAD_BYTES > WEBSOCKET_OUT_BYTES) {
        return false;
    }
    unsigned char *frame = out_room(out, length_bytes + FRAME_HEAD_BYTES);
    size_t at = 0;
    frame[at++] = first;
    if (length_bytes < FRAME_TWO_BYTES) {
        frame[at++] = (unsigned char)(FRAME_MASKED | length_bytes);
    } else {
        frame[at++] = FRAME_MASKED | FRAME_TWO_BYTES;
        frame[at++] = (unsigned char)(length_bytes >> 8);
        frame[at++] = (unsigned char)(length_bytes & 0xff);
    }
    unsigned char *mask = frame + at;
    out_mask(out, mask);
    at += 4;
    for (size_t i = 0; i < length_bytes; i++) {
        frame[at + i] = (unsigned char)text[i] ^ mask[i % 4];
    }
    out->bytes += at + length_bytes;
    return true;
}

bool websocket_out_add(struct websocket_out *out, const char *text, size_t length_bytes)
{
    return out_frame(out, FRAME_TEXT, text, length_bytes);
}

bool websocket_out_close(struct websocket_out *out, int code)
{
    const char bytes[2] = {(char)(code >> 8), (char)(code & 0xff)};
    return out_frame(out, FRAME_CLOSE, bytes, sizeof(bytes));
}

void websocket_out_finish(struct websocket_out *out)
{
    free(out->data);
    *out = (struct websocket_out){0};
}
