#include "bot/base/sha256.h"

#include <string.h>

#define ROUNDS     64
#define LENGTH_AT  (SHA256_BLOCK - 8) /* the last block ends with the length in bits */
#define INNER_BYTE 0x36
#define OUTER_BYTE 0x5c

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

static uint32_t turned(uint32_t word, unsigned bits)
{
    return word >> bits | word << (32 - bits);
}

static void spread(const uint8_t *block, uint32_t words[ROUNDS])
{
    for (size_t i = 0; i < 16; i++) {
        words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                   (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
    }
    for (size_t i = 16; i < ROUNDS; i++) {
        uint32_t near = words[i - 15], far = words[i - 2];

        words[i] = words[i - 16] + (turned(near, 7) ^ turned(near, 18) ^ near >> 3) +
                   words[i - 7] + (turned(far, 17) ^ turned(far, 19) ^ far >> 10);
    }
}

static void take_block(uint32_t state[8], const uint8_t *block)
{
    uint32_t words[ROUNDS], s[8];

    spread(block, words);
    memcpy(s, state, sizeof(s));
    for (size_t i = 0; i < ROUNDS; i++) {
        uint32_t first = s[7] +
                         (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) +
                         ((s[4] & s[5]) ^ (~s[4] & s[6])) + constants[i] + words[i];
        uint32_t second = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) +
                          ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

        memmove(s + 1, s, 7 * sizeof(*s));
        s[4] += first;
        s[0] = first + second;
    }
    for (size_t i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

void sha256_init(struct sha256 *sha)
{
    static const uint32_t start[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    memset(sha, 0, sizeof(*sha));
    memcpy(sha->state, start, sizeof(start));
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t length_bytes)
{
    const uint8_t *at = bytes;

    while (length_bytes > 0) {
        size_t filled = (size_t)(sha->length_bytes % SHA256_BLOCK);
        size_t fit = SHA256_BLOCK - filled;
        size_t taken = length_bytes < fit ? length_bytes : fit;

        memcpy(sha->block + filled, at, taken);
        sha->length_bytes += taken;
        at += taken;
        length_bytes -= taken;
        if (taken == fit) {
            take_block(sha->state, sha->block);
        }
    }
}

void sha256_finish(struct sha256 *sha, uint8_t digest[SHA256_BYTES])
{
    static const uint8_t end[SHA256_BLOCK] = {0x80};
    uint64_t bits = sha->length_bytes * 8;
    size_t filled = (size_t)(sha->length_bytes % SHA256_BLOCK);
    uint8_t length[8];

    for (size_t i = 0; i < sizeof(length); i++) {
        length[i] = (uint8_t)(bits >> (56 - 8 * i));
    }
    sha256_add(sha, end,
               filled < LENGTH_AT ? LENGTH_AT - filled
                                  : SHA256_BLOCK + LENGTH_AT - filled);
    sha256_add(sha, length, sizeof(length));
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* The key is at most a block long; a longer one is hashed first. */
static void mixed_key(const char *key, uint8_t byte, uint8_t mixed[SHA256_BLOCK])
{
    struct sha256 sha;
    size_t length = strlen(key);

    memset(mixed, 0, SHA256_BLOCK);
    if (length > SHA256_BLOCK) {
        sha256_init(&sha);
        sha256_add(&sha, key, length);
        sha256_finish(&sha, mixed);
    } else {
        memcpy(mixed, key, length);
    }
    for (size_t i = 0; i < SHA256_BLOCK; i++) {
        mixed[i] ^= byte;
    }
}

char *sha256_keyed(struct arena *arena, const char *key, const char *text)
{
    uint8_t mixed[SHA256_BLOCK], digest[SHA256_BYTES];
    struct sha256 sha;

    mixed_key(key, INNER_BYTE, mixed);
    sha256_init(&sha);
    sha256_add(&sha, mixed, sizeof(mixed));
    sha256_add(&sha, text, strlen(text));
    sha256_finish(&sha, digest);
    mixed_key(key, OUTER_BYTE, mixed);
    sha256_init(&sha);
    sha256_add(&sha, mixed, sizeof(mixed));
    sha256_add(&sha, digest, sizeof(digest));
    sha256_finish(&sha, digest);
    return sha256_hex(arena, digest);
}

char *sha256_hex(struct arena *arena, const uint8_t digest[SHA256_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char *hex = ARENA_ARRAY(arena, char, 2 * SHA256_BYTES + 1);

    for (size_t i = 0; i < SHA256_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return hex;
}
