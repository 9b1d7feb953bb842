#include "store/digest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/evp.h>

#include "bot/base/err.h"

#define HASH_BYTES   32
#define SALT_BYTES   (SALT_HEX / 2)
#define SALTS_AHEAD  64
#define BUFFER_BYTES 512

/* The algorithm is fetched once: looking it up costs more than a hash. Short fields are
 * gathered, and random bytes fetched ahead, for the same reason. */
struct digest {
    EVP_MD *algorithm;
    EVP_MD_CTX *state;
    size_t filled, salts_left;
    unsigned char buffer[BUFFER_BYTES];
    unsigned char salts[SALTS_AHEAD][SALT_BYTES];
};

struct digest *digest_create(void)
{
    struct digest *digest = calloc(1, sizeof(*digest));

    INSIST(digest != NULL);
    digest->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    digest->state = EVP_MD_CTX_new();
    INSIST(digest->algorithm != NULL && digest->state != NULL);
    return digest;
}

void digest_destroy(struct digest *digest)
{
    if (digest != NULL) {
        EVP_MD_CTX_free(digest->state);
        EVP_MD_free(digest->algorithm);
        free(digest);
    }
}

static void feed(struct digest *digest, const void *bytes, size_t length_bytes)
{
    INSIST(EVP_DigestUpdate(digest->state, bytes, length_bytes) == 1);
}

static void flush(struct digest *digest)
{
    feed(digest, digest->buffer, digest->filled);
    digest->filled = 0;
}

static void put(struct digest *digest, const void *bytes, size_t length_bytes)
{
    if (length_bytes > BUFFER_BYTES - digest->filled) {
        flush(digest);
    }
    if (length_bytes > BUFFER_BYTES) {
        feed(digest, bytes, length_bytes);
        return;
    }
    memcpy(digest->buffer + digest->filled, bytes, length_bytes);
    digest->filled += length_bytes;
}

static void put_mark(struct digest *digest, char mark, uint64_t value)
{
    unsigned char bytes[9] = {(unsigned char)mark};

    for (int i = 0; i < 8; i++) {
        bytes[1 + i] = (unsigned char)(value >> (56 - 8 * i));
    }
    put(digest, bytes, sizeof(bytes));
}

void digest_begin(struct digest *digest)
{
    digest->filled = 0;
    INSIST(EVP_DigestInit_ex2(digest->state, digest->algorithm, NULL) == 1);
}

void digest_number(struct digest *digest, int64_t number)
{
    put_mark(digest, 'i', (uint64_t)number);
}

void digest_text(struct digest *digest, const char *text)
{
    if (text == NULL) {
        put(digest, "n", 1);
        return;
    }
    put_mark(digest, 't', strlen(text));
    put(digest, text, strlen(text));
}

static void write_hex(char *hex, const unsigned char *bytes, size_t length_bytes)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length_bytes; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * length_bytes] = '\0';
}

void digest_end(struct digest *digest, char hex[DIGEST_HEX + 1])
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length_bytes = 0;

    flush(digest);
    INSIST(EVP_DigestFinal_ex(digest->state, hash, &length_bytes) == 1 &&
           length_bytes == HASH_BYTES);
    write_hex(hex, hash, HASH_BYTES);
}

void digest_keyed(const char *key, const char *text, char hex[DIGEST_HEX + 1])
{
    unsigned char hash[HASH_BYTES];
    size_t length_bytes = 0;

    INSIST(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, strlen(key),
                     (const unsigned char *)text, strlen(text), hash, sizeof(hash),
                     &length_bytes) != NULL &&
           length_bytes == HASH_BYTES);
    write_hex(hex, hash, HASH_BYTES);
}

/* At most 256 bytes at once come whole, or not at all where a signal is quicker. */
static void salts_fetch(struct digest *digest)
{
    unsigned char *at = (unsigned char *)digest->salts;
    size_t wanted = sizeof(digest->salts);

    while (wanted > 0) {
        ssize_t got = getrandom(at, wanted, 0);

        INSIST(got > 0 || errno == EINTR);
        at += got > 0 ? got : 0;
        wanted -= got > 0 ? (size_t)got : 0;
    }
    digest->salts_left = SALTS_AHEAD;
}

void digest_salt(struct digest *digest, char hex[SALT_HEX + 1])
{
    unsigned char *salt;

    if (digest->salts_left == 0) {
        salts_fetch(digest);
    }
    salt = digest->salts[--digest->salts_left];
    write_hex(hex, salt, SALT_BYTES);
    memset(salt, 0, SALT_BYTES);
}
