#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/digest.h"

static int setup(void **state)
{
    *state = digest_create();
    return 0;
}

static int teardown(void **state)
{
    digest_destroy(*state);
    return 0;
}

/* printf 'i\0\0\0\0\0\0\0\52t\0\0\0\0\0\0\0\3anan' | sha256sum */
static void digest__is_sha256_of_marked_fields__when_there_are_three(void **state)
{
    char hex[DIGEST_HEX + 1];

    digest_begin(*state);
    digest_number(*state, 42);
    digest_text(*state, "ana");
    digest_text(*state, NULL);
    digest_end(*state, hex);
    assert_string_equal(
        hex, "eb532b933fd91cdfdc5ab0a4f9cd3ef63e62030eea50a848b2346b6a956a177f");
}

/* python3 -c "import hashlib,struct; print(hashlib.sha256(b't' + struct.pack('>q',
 * 5000)
 * + b'x' * 5000 + b'i' + struct.pack('>q', -1)).hexdigest())" */
static void digest__is_the_same__when_a_text_is_longer_than_the_buffer(void **state)
{
    char hex[DIGEST_HEX + 1];
    char *text = calloc(1, 5001);

    memset(text, 'x', 5000);
    digest_begin(*state);
    digest_text(*state, text);
    digest_number(*state, -1);
    digest_end(*state, hex);
    free(text);
    assert_string_equal(
        hex, "136e4fb55a0e10661a260184e9d447059a2519a8bbaeda9c4adcb3e47f3fe24c");
}

static void digest__differs__when_bytes_move_to_the_next_field(void **state)
{
    char one[DIGEST_HEX + 1], other[DIGEST_HEX + 1];

    digest_begin(*state);
    digest_text(*state, "ab");
    digest_text(*state, "c");
    digest_end(*state, one);
    digest_begin(*state);
    digest_text(*state, "a");
    digest_text(*state, "bc");
    digest_end(*state, other);
    assert_string_not_equal(one, other);
}

/* RFC 4231, test cases 2 and 6 (a key longer than a block). */
static void digest_keyed__is_as_published(void **state)
{
    char key[132] = {0}, hex[DIGEST_HEX + 1];

    (void)state;
    digest_keyed("Jefe", "what do ya want for nothing?", hex);
    assert_string_equal(
        hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, 131);
    digest_keyed(key, "Test Using Larger Than Block-Size Key - Hash Key First", hex);
    assert_string_equal(
        hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void digest_salt__never_repeats__when_many_are_made(void **state)
{
    static char salts[200][SALT_HEX + 1];

    for (size_t i = 0; i < 200; i++) {
        digest_salt(*state, salts[i]);
        assert_int_equal(strspn(salts[i], "0123456789abcdef"), SALT_HEX);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(salts[i], salts[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            digest__is_sha256_of_marked_fields__when_there_are_three, setup, teardown),
        cmocka_unit_test_setup_teardown(
            digest__is_the_same__when_a_text_is_longer_than_the_buffer, setup,
            teardown),
        cmocka_unit_test_setup_teardown(
            digest__differs__when_bytes_move_to_the_next_field, setup, teardown),
        cmocka_unit_test(digest_keyed__is_as_published),
        cmocka_unit_test_setup_teardown(digest_salt__never_repeats__when_many_are_made,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
