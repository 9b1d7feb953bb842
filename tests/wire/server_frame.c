/* The WebSocket half of the scripted server (RFC 6455), strict with what comes in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/server_inner.h"

#define FRAME_FIN       0x80U
#define FRAME_CONTINUE  0x0U
#define FRAME_TEXT      0x1U
#define FRAME_CLOSE     0x8U
#define FRAME_PING      0x9U
#define FRAME_PONG      0xaU
#define FRAME_MAX_BYTES 20480 /* what Slack takes, the head included */

struct frame {
    unsigned opcode;
    bool is_final, is_masked;
    size_t head_bytes, bytes;
    unsigned char mask[4];
};

static size_t frame_size(const unsigned char *in, size_t digits)
{
    size_t size = 0;
    for (size_t i = 0; i < digits; i++) {
        size = size << 8 | in[i];
    }
    return size;
}

/* False where the frame has not all come. */
static bool frame_read(const char *bytes, size_t available, struct frame *frame)
{
    const unsigned char *in = (const unsigned char *)bytes;
    if (available < 2) {
        return false;
    }
    size_t size = in[1] & 0x7fU;
    size_t digits = size == 126 ? 2 : size == 127 ? 8 : 0;
    frame->opcode = in[0] & 0xfU;
    frame->is_final = (in[0] & FRAME_FIN) != 0;
    frame->is_masked = (in[1] & 0x80U) != 0;
    frame->head_bytes = 2 + digits + (frame->is_masked ? 4 : 0);
    if (available < frame->head_bytes) {
        return false;
    }
    frame->bytes = digits == 0 ? size : frame_size(in + 2, digits);
    if (frame->is_masked) {
        memcpy(frame->mask, in + 2 + digits, 4);
    }
    return available - frame->head_bytes >= frame->bytes;
}

/* One server frame, unmasked, appended to `out`; returns its length. */
static size_t frame_write(char *out, unsigned first, const char *bytes, size_t length)
{
    size_t at = 0;
    out[at++] = (char)first;
    if (length < 126) {
        out[at++] = (char)length;
    } else {
        size_t digits = length < 65536 ? 2 : 8;
        out[at++] = (char)(digits == 2 ? 126 : 127);
        for (size_t i = digits; i-- > 0;) {
            out[at++] = (char)(length >> (8 * i) & 0xff);
        }
    }
    memcpy(out + at, bytes, length);
    return at + length;
}

static void server_frame(struct server_peer *peer, unsigned opcode, const char *bytes,
                         size_t length)
{
    char *out = malloc(length + 10);
    INSIST(out != NULL);
    size_t size = frame_write(out, FRAME_FIN | opcode, bytes, length);
    server_write(peer, out, size);
    free(out);
}

void server_send(struct server_peer *peer, const char *text, size_t length)
{
    server_frame(peer, FRAME_TEXT, text, length);
}

void server_send_split(struct server_peer *peer, const char *text, size_t length,
                       size_t frame_bytes, size_t slice_bytes)
{
    char *out = malloc(length + 10 * (length / frame_bytes + 1));
    size_t at = 0, size = 0;
    INSIST(out != NULL);
    while (at < length) {
        size_t part = length - at < frame_bytes ? length - at : frame_bytes;
        unsigned first = at == 0 ? FRAME_TEXT : FRAME_CONTINUE;
        first |= at + part == length ? FRAME_FIN : 0;
        size += frame_write(out + size, first, text + at, part);
        at += part;
    }
    server_write_slices(peer, out, size, slice_bytes);
    free(out);
}

void server_ping(struct server_peer *peer, const char *payload)
{
    server_frame(peer, FRAME_PING, payload, strlen(payload));
}

void server_close(struct server_peer *peer, int code)
{
    const char bytes[2] = {(char)(code >> 8), (char)(code & 0xff)};
    server_frame(peer, FRAME_CLOSE, bytes, sizeof(bytes));
}

static void server_on_text(struct server_peer *peer, const struct frame *frame,
                           const char *bytes)
{
    struct server *server = peer->server;
    peer->frames++;
    if (!frame->is_final) {
        peer->offence = "a text in fragments";
    } else if (frame->bytes + frame->head_bytes > FRAME_MAX_BYTES) {
        peer->offence = "a frame over 20,480 bytes";
    }
    if (server->script.message != NULL) {
        server->script.message(server->arg, peer, bytes, frame->bytes);
    }
}

static void server_on_frame(struct server_peer *peer, const struct frame *frame,
                            const char *bytes)
{
    struct server *server = peer->server;
    if (!frame->is_masked) {
        peer->offence = "a frame without a mask";
    }
    if (frame->opcode == FRAME_TEXT) {
        server_on_text(peer, frame, bytes);
    } else if (frame->opcode == FRAME_PING) {
        peer->pings++;
        server_frame(peer, FRAME_PONG, bytes, frame->bytes);
    } else if (frame->opcode == FRAME_PONG) {
        peer->pongs++;
    } else if (frame->opcode == FRAME_CLOSE && server->script.closed != NULL) {
        const unsigned char *code = (const unsigned char *)bytes;
        server->script.closed(server->arg, peer,
                              frame->bytes < 2 ? 0 : code[0] << 8 | code[1]);
    } else if (frame->opcode != FRAME_CLOSE) {
        peer->offence = "a frame of an unknown kind";
    }
}

void server_take_frames(struct server_peer *peer)
{
    struct frame frame;
    while (!peer->is_gone && !peer->is_silent &&
           frame_read(peer->in, peer->in_bytes, &frame)) {
        char *bytes = calloc(1, frame.bytes + 1);
        INSIST(bytes != NULL);
        for (size_t i = 0; i < frame.bytes; i++) {
            unsigned char mask = frame.is_masked ? frame.mask[i % 4] : 0;
            bytes[i] = (char)((unsigned char)peer->in[frame.head_bytes + i] ^ mask);
        }
        server_used(peer, frame.head_bytes + frame.bytes);
        server_on_frame(peer, &frame, bytes);
        free(bytes);
    }
}

unsigned server_pings(const struct server_peer *peer)
{
    return peer->pings;
}

unsigned server_pongs(const struct server_peer *peer)
{
    return peer->pongs;
}

unsigned server_frames(const struct server_peer *peer)
{
    return peer->frames;
}

const char *server_offence(const struct server_peer *peer)
{
    return peer->offence;
}
