/*
 * Names of the tests: this program's getaddrinfo stands before the system's, for curl
 * and libuv as well, and answers what ends in ".test". Nothing asks a network.
 *
 *   none.test   is not found
 *   two.test    127.0.0.3, where nobody listens, then 127.0.0.1
 *   six.test    ::1
 *   slow.test   does not come back before names_release
 *   x.test      127.0.0.1, whatever x is
 */
#pragma once

void names_release(void);
