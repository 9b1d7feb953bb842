/*
 * SHA-256 over fields, and random salts, both as hexadecimal text. A field is told from
 * its neighbours by its kind and its length, so that no two lists of fields read the
 * same: a number is 'i' and its eight bytes, highest first; a text is 't', its length
 * as eight bytes, its bytes; nothing is 'n'.
 */
#pragma once

#include <stdint.h>

#define DIGEST_HEX 64
#define SALT_HEX   32

struct digest;

struct digest *digest_create(void);
void digest_destroy(struct digest *digest); /* accepts NULL */

/* One hash at a time: begin, the fields, end. */
void digest_begin(struct digest *digest);
void digest_number(struct digest *digest, int64_t number);
void digest_text(struct digest *digest, const char *text); /* NULL is nothing */
void digest_end(struct digest *digest, char hex[DIGEST_HEX + 1]);

/* Of a text under a key: HMAC (RFC 2104). */
void digest_keyed(const char *key, const char *text, char hex[DIGEST_HEX + 1]);

/* One that was never given before and can't be foretold. */
void digest_salt(struct digest *digest, char hex[SALT_HEX + 1]);
