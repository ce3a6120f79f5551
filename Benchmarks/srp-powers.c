/* Eight powers of SRP's clients at a time, so that the load takes less of the machine than the server does: bases and
   modulus of 3,072 bits, exponents of 576, all little-endian. Loaded by martlet_bench/srp.py.  */
#include <stdint.h>
#include <stdlib.h>

#if defined(__x86_64__) && __has_include(<crypto_mb/exp.h>)
#include <crypto_mb/cpu_features.h>
#define BN_OPENSSL_DISABLE
#include <crypto_mb/exp.h>

enum { lanes = 8, bits = 3072, words = bits / 64, exponent_bits = 576, exponent_words = exponent_bits / 64 };

int is_available(void) {
    const int64u needed = MBX_AVX512_GENERAL_ISA;
    return (mbx_get_cpu_features() & needed) == needed && __builtin_cpu_supports("avx512ifma");
}

/* Nothing of these is a secret of anybody's: the load's own users and key pairs.  */
int powers(int64u results[lanes][words], int64u bases[lanes][words], int64u exponents[lanes][exponent_words],
           int64u modulus[words]) {
    int64u *result[lanes];
    const int64u *base[lanes], *exponent[lanes], *moduli[lanes];
    for (int lane = 0; lane < lanes; lane++) {
        result[lane] = results[lane];
        base[lane] = bases[lane];
        exponent[lane] = exponents[lane];
        moduli[lane] = modulus;
    }
    const int size = mbx_exp_BufferSize(bits);
    int8u *room = malloc((size_t)size);
    if (room == NULL) return -1;
    const mbx_status status = mbx_exp3072_mb8(result, base, exponent, exponent_bits, moduli, bits, room, size);
    free(room);
    return (int)status;
}
#else
int is_available(void) { return 0; }
int powers(void *results, void *bases, void *exponents, void *modulus) { return -1; }
#endif
