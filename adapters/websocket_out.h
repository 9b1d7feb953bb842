/*
 * What waits to be sent on a WebSocket: whole client frames (RFC 6455, 5.2), ready to
 * go out in one write. Acks of a turn leave together, which costs a third less than one
 * by one.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Free bytes before the frames, which libwebsockets wants for itself (LWS_PRE). */
#define WEBSOCKET_OUT_FRONT 32
#define WEBSOCKET_OUT_BYTES ((size_t)4 << 20)

struct websocket_out {
    unsigned char *data; /* the frames begin at data + WEBSOCKET_OUT_FRONT */
    size_t bytes, capacity_bytes;
    unsigned char masks[256]; /* random bytes, used from `masks_left` down */
    size_t masks_left;
};

/* Adds one unfragmented text frame of at most 65,535 bytes. False: over
 * WEBSOCKET_OUT_BYTES wait already, so the peer does not read. */
bool websocket_out_add(struct websocket_out *out, const char *text,
                       size_t length_bytes);
/* Adds a close frame; nothing may follow it. */
bool websocket_out_close(struct websocket_out *out, int code);
void websocket_out_finish(struct websocket_out *out);
