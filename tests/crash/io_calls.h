/*
 * Calls that fail: the system calls of the store's own files (the linker leads them
 * here), those of SQLite (its VFS asks here, too), and what SQLite is asked to do (it
 * refuses the statement).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Before SQLite is used. */
void io_calls_begin(void);

/* The n-th call from now on fails with that number of errno, and all behind it where it
 * is for good. 0 switches it off. */
void io_fail_after(int64_t calls, int number, bool is_for_good);
/* Did it? */
bool io_has_failed(void);
