#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/sha256.h"

static const char *hash_of(struct arena *arena, const char *text, size_t piece)
{
    struct sha256 sha;
    uint8_t digest[SHA256_BYTES];
    size_t length = strlen(text);

    sha256_init(&sha);
    for (size_t at = 0; at < length; at += piece) {
        sha256_add(&sha, text + at, length - at < piece ? length - at : piece);
    }
    sha256_finish(&sha, digest);
    return sha256_hex(arena, digest);
}

/* The examples of FIPS 180-4. */
static void sha256__is_as_published(void **state)
{
    struct arena *arena = arena_create();

    (void)state;
    assert_string_equal(
        hash_of(arena, "", 1),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(
        hash_of(arena, "abc", 3),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(
        hash_of(arena, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    arena_destroy(arena);
}

static void sha256_add__says_the_same__in_pieces(void **state)
{
    struct arena *arena = arena_create();
    char text[300];

    (void)state;
    for (size_t length = 0; length < sizeof(text); length += 7) {
        const char *whole;

        memset(text, 'a', length);
        text[length] = '\0';
        whole = hash_of(arena, text, length + 1);
        assert_string_equal(hash_of(arena, text, 1), whole);
        assert_string_equal(hash_of(arena, text, 63), whole);
        assert_string_equal(hash_of(arena, text, 65), whole);
    }
    arena_destroy(arena);
}

/* RFC 4231, test cases 2 and 6 (a key longer than a block). */
static void sha256_keyed__is_as_published(void **state)
{
    struct arena *arena = arena_create();
    char key[132] = {0};

    (void)state;
    assert_string_equal(
        sha256_keyed(arena, "Jefe", "what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, 131);
    assert_string_equal(
        sha256_keyed(arena, key,
                     "Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256__is_as_published),
        cmocka_unit_test(sha256_add__says_the_same__in_pieces),
        cmocka_unit_test(sha256_keyed__is_as_published),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
