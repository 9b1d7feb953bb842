/*
 * A certificate authority of the test's own, made anew in each run (OpenSSL), and the
 * certificates it gives to servers. Its file goes into the setting ca_file.
 */
#pragma once

#include <openssl/ssl.h>

struct authority;

struct authority *authority_create(void);
void authority_destroy(
    struct authority *authority); /* removes the file; accepts NULL */
const char *authority_file(const struct authority *authority);

/* A TLS server whose certificate names `name`, and nothing else. The caller frees it.
 */
SSL_CTX *authority_serve(struct authority *authority, const char *name);
