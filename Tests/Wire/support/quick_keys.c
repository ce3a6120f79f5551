// Makes RSA keys by GnuTLS in place of OpenSSL, whose constant-time arithmetic takes six times as long: half of the wire
// tests' time would go into the keys of pools. Preloaded into servers under test; the keys are as good, and made anew.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gnutls/x509.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdarg.h>
#include <string.h>

static EVP_PKEY *rsa_key(unsigned int bits) {
    unsigned char der[8192];
    const unsigned char *start = der;
    size_t size = sizeof der;
    EVP_PKEY *key = NULL;
    gnutls_x509_privkey_t made;
    if (gnutls_x509_privkey_init(&made) != GNUTLS_E_SUCCESS) return NULL;
    if (gnutls_x509_privkey_generate(made, GNUTLS_PK_RSA, bits, 0) == GNUTLS_E_SUCCESS
        && gnutls_x509_privkey_export(made, GNUTLS_X509_FMT_DER, der, &size) == GNUTLS_E_SUCCESS)
        key = d2i_PrivateKey(EVP_PKEY_RSA, NULL, &start, (long)size);
    gnutls_x509_privkey_deinit(made);
    return key;
}

// What EVP_RSA_gen and EVP_EC_gen call.
EVP_PKEY *EVP_PKEY_Q_keygen(OSSL_LIB_CTX *library, const char *properties, const char *type, ...) {
    va_list rest;
    va_start(rest, type);
    if (strcmp(type, "RSA") == 0) {
        size_t bits = va_arg(rest, size_t);
        va_end(rest);
        return rsa_key((unsigned int)bits);
    }
    const char *curve = va_arg(rest, const char *);
    va_end(rest);
    EVP_PKEY *(*original)(OSSL_LIB_CTX *, const char *, const char *, ...) = dlsym(RTLD_NEXT, "EVP_PKEY_Q_keygen");
    return original(library, properties, type, curve);
}
