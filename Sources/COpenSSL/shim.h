#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/* Macros that Swift cannot call. */
static inline EVP_PKEY *martlet_rsa_generate(unsigned int bits) { return EVP_RSA_gen(bits); }

static inline void martlet_bn_set_constant_time(BIGNUM *number) { BN_set_flags(number, BN_FLG_CONSTTIME); }
