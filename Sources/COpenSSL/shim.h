#pragma once
#include <stdint.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/* A value of which the compiler knows nothing: what it can't see it can't turn into a branch. */
static inline uint64_t martlet_opaque(uint64_t value) {
    __asm__ volatile("" : "+r"(value));
    return value;
}

/* Macros that Swift cannot call. */
static inline EVP_PKEY *martlet_rsa_generate(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *martlet_p384_generate(void) { return EVP_EC_gen("P-384"); }

/* The parameters of these two are lists of typed values, which Swift has no good way to write. */
static inline int martlet_hmac_sha256_begin(EVP_MAC_CTX *context, const unsigned char *key, size_t key_size) {
    char digest[] = "SHA2-256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, key_size, parameters);
}

static inline int martlet_hkdf(EVP_KDF_CTX *context, const char *digest, const unsigned char *key, size_t key_size,
                               const unsigned char *salt, size_t salt_size, const unsigned char *info, size_t info_size,
                               unsigned char *output, size_t size) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_size),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_size),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_size),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, output, size, parameters);
}
