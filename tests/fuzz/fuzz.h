/*
 * The one function each fuzz target has. libFuzzer names it; replay.c stands in for
 * libFuzzer where there is none.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Aborts where the target finds something wrong; the result is always 0. */
int LLVMFuzzerTestOneInput(/* NOLINT(readability-identifier-naming) */
                           const uint8_t *data, size_t size);
