#include "CCryptoMB.h"

#if defined(__x86_64__) && __has_include(<crypto_mb/rsa.h>)

#include <stdlib.h>
#include <string.h>
#include <crypto_mb/cpu_features.h>

/* The library's functions choose between two of their own kind, for AVX-512 and for AVX-IFMA, and so link both. We take
   those for AVX-512 by their names: 0.4 MB less. The version is pinned, so the names are, too.  */
#undef MBXAPI
#define MBXAPI(type, name, arg) EXTERN_C type MBX_CALL k1_##name arg;
#define BN_OPENSSL_DISABLE
#include <crypto_mb/exp.h>
#include <crypto_mb/rsa.h>

/* lld reads this out of the object file, so that Package.swift needn't know whether the library is there. */
#pragma comment(lib, "crypto_mb")

bool martlet_lanes_are_built(void) { return true; }

bool martlet_lanes_are_available(void) {
    const int64u needed = MBX_AVX512_GENERAL_ISA;
    __builtin_cpu_init();
    /* Both look at XCR0, too: whether the operating system keeps the registers when it changes threads. */
    return (mbx_get_cpu_features() & needed) == needed && __builtin_cpu_supports("avx512ifma");
}

uint8_t martlet_lanes_private(const struct martlet_lane_key *const keys[MARTLET_LANES],
                              const uint8_t inputs[MARTLET_LANES * MARTLET_LANE_BYTES],
                              uint8_t results[MARTLET_LANES * MARTLET_LANE_BYTES]) {
    const int bits = MARTLET_LANE_BYTES * 8;
    const mbx_RSA_Method *private_method = k1_mbx_RSA2K_private_crt_Method();
    const mbx_RSA_Method *public_method = k1_mbx_RSA2K_pub65537_Method();
    const int private_size = k1_mbx_RSA_Method_BufSize(private_method);
    const int public_size = k1_mbx_RSA_Method_BufSize(public_method);
    const size_t size = (size_t)(private_size > public_size ? private_size : public_size);
    uint8_t raised[MARTLET_LANES][MARTLET_LANE_BYTES];
    const int8u *from[MARTLET_LANES], *results_from[MARTLET_LANES];
    int8u *to[MARTLET_LANES], *raised_to[MARTLET_LANES];
    const int64u *p[MARTLET_LANES], *q[MARTLET_LANES], *dp[MARTLET_LANES], *dq[MARTLET_LANES], *qi[MARTLET_LANES],
        *n[MARTLET_LANES];
    for (int lane = 0; lane < MARTLET_LANES; lane++) {
        from[lane] = inputs + lane * MARTLET_LANE_BYTES;
        to[lane] = results + lane * MARTLET_LANE_BYTES;
        results_from[lane] = to[lane];
        raised_to[lane] = raised[lane];
        p[lane] = (const int64u *)keys[lane]->p;
        q[lane] = (const int64u *)keys[lane]->q;
        dp[lane] = (const int64u *)keys[lane]->d_mod_p1;
        dq[lane] = (const int64u *)keys[lane]->d_mod_q1;
        qi[lane] = (const int64u *)keys[lane]->q_inverse;
        n[lane] = (const int64u *)keys[lane]->n;
    }
    memset(results, 0, MARTLET_LANES * MARTLET_LANE_BYTES);
    uint8_t right = 0;
    /* Room for the powers of the inputs, which are as secret as the primes. */
    int8u *room = malloc(size);
    if (room == NULL) return 0;
    if (k1_mbx_rsa_private_crt_mb8(from, to, p, q, dp, dq, qi, bits, private_method, room) == MBX_STATUS_OK &&
        k1_mbx_rsa_public_mb8(results_from, raised_to, n, bits, public_method, room) == MBX_STATUS_OK)
        for (int lane = 0; lane < MARTLET_LANES; lane++)
            if (memcmp(raised[lane], from[lane], MARTLET_LANE_BYTES) == 0) right |= (uint8_t)(1 << lane);
    for (int lane = 0; lane < MARTLET_LANES; lane++)
        if (!(right >> lane & 1)) memset(to[lane], 0, MARTLET_LANE_BYTES);
    explicit_bzero(room, size);
    free(room);
    return right;
}

void martlet_lanes_powers(struct martlet_lane_power powers[MARTLET_LANES]) {
    const int size = k1_mbx_exp_BufferSize(MARTLET_POWER_BITS);
    const int64u *bases[MARTLET_LANES], *exponents[MARTLET_LANES], *moduli[MARTLET_LANES];
    int64u *results[MARTLET_LANES];
    for (int lane = 0; lane < MARTLET_LANES; lane++) {
        bases[lane] = (const int64u *)powers[lane].base;
        exponents[lane] = (const int64u *)powers[lane].exponent;
        moduli[lane] = (const int64u *)powers[lane].modulus;
        results[lane] = (int64u *)powers[lane].result;
        memset(results[lane], 0, sizeof powers[lane].result);
    }
    /* Room for the powers of the bases, by which a result gives its exponent away. */
    int8u *room = malloc((size_t)size);
    if (room == NULL) return;
    const mbx_status status = k1_mbx_exp3072_mb8(results, bases, exponents, MARTLET_EXPONENT_BITS, moduli,
                                                 MARTLET_POWER_BITS, room, size);
    for (int lane = 0; lane < MARTLET_LANES; lane++)
        if (MBX_GET_STS(status, lane) != MBX_STATUS_OK) memset(results[lane], 0, sizeof powers[lane].result);
    explicit_bzero(room, (size_t)size);
    free(room);
}

#else

bool martlet_lanes_are_built(void) { return false; }

bool martlet_lanes_are_available(void) { return false; }

uint8_t martlet_lanes_private(const struct martlet_lane_key *const keys[MARTLET_LANES],
                              const uint8_t inputs[MARTLET_LANES * MARTLET_LANE_BYTES],
                              uint8_t results[MARTLET_LANES * MARTLET_LANE_BYTES]) {
    (void)keys, (void)inputs, (void)results;
    return 0;
}

void martlet_lanes_powers(struct martlet_lane_power powers[MARTLET_LANES]) { (void)powers; }

#endif
