/*
 * One question about numbers for json_scan.c: does strtod overflow on them? It is
 * answered from the digits, exactly and without a copy of them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Does the mantissa times 10^exponent round to infinity? The mantissa is digits with at
 * most one dot, up to `end`; whole_count of its digits stand before the dot.
 */
bool json_real_is_infinite(const unsigned char *mantissa, const unsigned char *end,
                           size_t whole_count, int64_t exponent);
