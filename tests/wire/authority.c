#include "tests/wire/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "bot/base/err.h"

#define AUTHORITY_DAY_S 86400L

struct authority {
    EVP_PKEY *key;
    X509 *certificate;
    char file[64];
    long serial;
};

static void authority_extend(X509 *certificate, X509 *issuer, int name,
                             const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, name, value);
    INSIST(extension != NULL);
    INSIST(X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

/* A certificate of `key` for `name`, not yet signed. */
static X509 *authority_write(struct authority *authority, EVP_PKEY *key,
                             const char *name)
{
    X509 *certificate = X509_new();
    INSIST(certificate != NULL);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++authority->serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -AUTHORITY_DAY_S);
    X509_gmtime_adj(X509_getm_notAfter(certificate), AUTHORITY_DAY_S);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    return certificate;
}

static void authority_save(struct authority *authority)
{
    snprintf(authority->file, sizeof(authority->file), "/tmp/muster-authority-XXXXXX");
    int fd = mkstemp(authority->file);
    INSIST(fd >= 0);
    FILE *file = fdopen(fd, "w");
    INSIST(file != NULL);
    INSIST(PEM_write_X509(file, authority->certificate) == 1);
    INSIST(fclose(file) == 0);
}

struct authority *authority_create(void)
{
    struct authority *authority = calloc(1, sizeof(*authority));
    INSIST(authority != NULL);
    authority->key = EVP_EC_gen("P-256");
    INSIST(authority->key != NULL);
    X509 *own = authority_write(authority, authority->key, "Authority of the tests");
    authority->certificate = own;
    X509_set_issuer_name(own, X509_get_subject_name(own));
    authority_extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    authority_extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    authority_extend(own, own, NID_subject_key_identifier, "hash");
    INSIST(X509_sign(own, authority->key, EVP_sha256()) > 0);
    authority_save(authority);
    return authority;
}

void authority_destroy(struct authority *authority)
{
    if (authority != NULL) {
        unlink(authority->file);
        X509_free(authority->certificate);
        EVP_PKEY_free(authority->key);
        free(authority);
    }
}

const char *authority_file(const struct authority *authority)
{
    return authority->file;
}

SSL_CTX *authority_serve(struct authority *authority, const char *name)
{
    char names[160];
    snprintf(names, sizeof(names), "DNS:%s", name);
    EVP_PKEY *key = EVP_EC_gen("P-256");
    INSIST(key != NULL);
    X509 *certificate = authority_write(authority, key, name);
    X509_set_issuer_name(certificate, X509_get_subject_name(authority->certificate));
    authority_extend(certificate, authority->certificate, NID_subject_alt_name, names);
    INSIST(X509_sign(certificate, authority->key, EVP_sha256()) > 0);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    INSIST(context != NULL);
    INSIST(SSL_CTX_use_certificate(context, certificate) == 1);
    INSIST(SSL_CTX_use_PrivateKey(context, key) == 1);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return context;
}
