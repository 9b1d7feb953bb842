#include "bot/base/json_real.h"

#include <string.h>

/* 2^1024 - 2^970, half a step above the largest double: what is not below it rounds to
 * infinity. */
static const char infinity_digits[] =
    "1797693134862315807937289714053034150799341327100378269361737789804449"
    "6829276475094664901797758720709633028641669288791094655554785194040263"
    "0657488671505820681908902000708383676273854845817711531764475730270069"
    "8555713669596228429148198608349364752927190741684443655107043427115596"
    "99508093042880177904174497792";

/* Digits of a number, the dot left out, against those of infinity. */
static bool digits_reach_infinity(const unsigned char *at, const unsigned char *end)
{
    const char *limit = infinity_digits;
    for (; at < end && *limit; at++) {
        if (*at == '.') {
            continue;
        }
        if (*at != (unsigned char)*limit) {
            return *at > (unsigned char)*limit;
        }
        limit++;
    }
    /* A shorter number is smaller, unless nothing but zeros is left of the limit. */
    return limit[strspn(limit, "0")] == '\0';
}

/*
 * Does d.ddd * 10^E round to infinity? The mantissa begins at its first digit and ends
 * before the exponent; whole_count of its digits stand before the dot.
 */
bool json_real_is_infinite(const unsigned char *mantissa, const unsigned char *end,
                           size_t whole_count, int64_t exponent)
{
    const unsigned char *first = mantissa;
    while (first < end && (*first == '0' || *first == '.')) {
        first++;
    }
    if (first == end) {
        return false;
    }
    int64_t place = (int64_t)whole_count - (first - mantissa);
    /* Before the dot the first digit counts from 0 up; behind it the dot itself took
     * one place. */
    exponent += place > 0 ? place - 1 : place;
    const int64_t limit = (int64_t)sizeof(infinity_digits) - 2;
    return exponent > limit || (exponent == limit && digits_reach_infinity(first, end));
}
