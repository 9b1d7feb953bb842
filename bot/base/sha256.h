/*
 * SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104): for marks that must not be undone.
 * No secret-dependent timing is promised.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

#define SHA256_BYTES 32
#define SHA256_BLOCK 64

struct sha256 {
    uint32_t state[8];
    uint8_t block[SHA256_BLOCK];
    uint64_t length_bytes;
};

void sha256_init(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *bytes, size_t length_bytes);
void sha256_finish(struct sha256 *sha, uint8_t digest[SHA256_BYTES]);

/* Of a text under a key, as 64 letters. */
char *sha256_keyed(struct arena *arena, const char *key, const char *text);
char *sha256_hex(struct arena *arena, const uint8_t digest[SHA256_BYTES]);
