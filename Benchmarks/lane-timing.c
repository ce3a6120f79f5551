/* Whether the time that a lane takes tells of its key, or of a power's exponent or base: dudect's method (Reparaz,
   Balasch, Verbauwhede: "Dude, is my code constant time?", 2016). Calls of two classes alternate at random; Welch's t
   compares their times, whole and without the slowest, which are the machine's. An absolute value above 4.5 says that
   the classes differ.

   cc -O2 -Wl,--gc-sections -ISources/CCryptoMB/include -I.build/crypto_mb/include -o /tmp/lane-timing \
     Benchmarks/lane-timing.c Sources/CCryptoMB/CCryptoMB.c .build/crypto_mb/lib/libcrypto_mb.a -lcrypto -lm
   /tmp/lane-timing [calls of each test, 20000]  */
#include "CCryptoMB.h"
#include <math.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <x86intrin.h>

enum { keys_count = 64, crops = 8 };

static struct martlet_lane_key keys[keys_count], light, heavy;

static void number(EVP_PKEY *key, const char *name, uint64_t *words, int size) {
    BIGNUM *value = NULL;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1 || BN_bn2lebinpad(value, (unsigned char *)words, size) != size) abort();
    BN_clear_free(value);
}

static void make_key(struct martlet_lane_key *lane) {
    EVP_PKEY *key = EVP_RSA_gen(2048);
    number(key, OSSL_PKEY_PARAM_RSA_FACTOR1, lane->p, 128);
    number(key, OSSL_PKEY_PARAM_RSA_FACTOR2, lane->q, 128);
    number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1, lane->d_mod_p1, 128);
    number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2, lane->d_mod_q1, 128);
    number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, lane->q_inverse, 128);
    number(key, OSSL_PKEY_PARAM_RSA_N, lane->n, 256);
    EVP_PKEY_free(key);
}

static int weight(const struct martlet_lane_key *key) {
    int bits = 0;
    for (int word = 0; word < MARTLET_LANE_WORDS / 2; word++)
        bits += __builtin_popcountll(key->d_mod_p1[word]) + __builtin_popcountll(key->d_mod_q1[word]);
    return bits;
}

struct sample {
    int class;
    double weight, cycles;
};

/* What the classes are: everything else is the same for both, and drawn before the clock starts. */
enum test {
    exponents_of_one_bit_or_all,
    one_key_or_random_keys,
    input_of_zero_or_random,
    power_by_one_bit_or_all,
    power_by_one_or_random,
    power_of_one_or_random,
    tests
};

static const char *names[] = {
    "exponents of one bit, or of 1,024", "one key, or a random one a call", "input zero, or random",
    "power by one bit, or 256", "power by one number, or a random one a call",
    "power of 1, or of a random number a call",
};

static struct sample call(enum test test, const uint8_t *random_input) {
    static uint8_t inputs[MARTLET_LANES * MARTLET_LANE_BYTES], results[sizeof inputs];
    const struct martlet_lane_key *lanes[MARTLET_LANES];
    uint8_t draw[1 + MARTLET_LANES];
    RAND_bytes(draw, sizeof draw);
    struct sample sample = {draw[0] & 1, 0, 0};
    memcpy(inputs, random_input, sizeof inputs);
    for (int lane = 0; lane < MARTLET_LANES; lane++) {
        struct martlet_lane_key *random_key = &keys[draw[1 + lane] % keys_count];
        /* Copied, as a key that lies elsewhere is another line of the cache. */
        static struct martlet_lane_key places[MARTLET_LANES];
        places[lane] = test == exponents_of_one_bit_or_all ? sample.class ? heavy : light
                       : test == one_key_or_random_keys && sample.class ? *random_key : keys[0];
        lanes[lane] = &places[lane];
        sample.weight += weight(lanes[lane]);
    }
    if (test == input_of_zero_or_random && !sample.class) memset(inputs, 0, sizeof inputs);
    unsigned int unused;
    uint64_t start = __rdtscp(&unused);
    martlet_lanes_private(lanes, inputs, results);
    sample.cycles = (double)(__rdtscp(&unused) - start);
    return sample;
}

static struct sample call_power(enum test test, const struct martlet_lane_power *same) {
    static struct martlet_lane_power powers[MARTLET_LANES];
    uint8_t draw;
    RAND_bytes(&draw, sizeof draw);
    struct sample sample = {draw & 1, 0, 0};
    for (int lane = 0; lane < MARTLET_LANES; lane++) {
        struct martlet_lane_power *power = &powers[lane], random;
        *power = *same;
        RAND_bytes((void *)&random, sizeof random);
        /* Below the modulus, whose highest word is all ones. */
        random.base[MARTLET_POWER_WORDS - 1] >>= 1;
        if (test == power_by_one_bit_or_all)
            for (int word = 0; word < MARTLET_EXPONENT_WORDS; word++)
                power->exponent[word] = sample.class ? UINT64_MAX : word == 0;
        if (test == power_by_one_or_random && sample.class)
            memcpy(power->exponent, random.exponent, sizeof random.exponent);
        if (test == power_of_one_or_random) {
            memset(power->base, 0, sizeof power->base), power->base[0] = 1;
            if (sample.class) memcpy(power->base, random.base, sizeof random.base);
        }
        for (int word = 0; word < MARTLET_EXPONENT_WORDS; word++)
            sample.weight += __builtin_popcountll(power->exponent[word]);
    }
    unsigned int unused;
    uint64_t start = __rdtscp(&unused);
    martlet_lanes_powers(powers);
    sample.cycles = (double)(__rdtscp(&unused) - start);
    return sample;
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Welch's t over the samples up to a number of cycles. */
static double welch(const struct sample *samples, int count, double limit) {
    double n[2] = {0}, sum[2] = {0}, squares[2] = {0};
    for (int i = 0; i < count; i++) {
        if (samples[i].cycles > limit) continue;
        n[samples[i].class]++;
        sum[samples[i].class] += samples[i].cycles;
    }
    double mean[2] = {sum[0] / n[0], sum[1] / n[1]};
    for (int i = 0; i < count; i++)
        if (samples[i].cycles <= limit) squares[samples[i].class] += pow(samples[i].cycles - mean[samples[i].class], 2);
    return (mean[0] - mean[1]) / sqrt(squares[0] / n[0] / (n[0] - 1) + squares[1] / n[1] / (n[1] - 1));
}

/* Pearson's r of time and the number of ones in the exponents. */
static double correlation(const struct sample *samples, int count, double limit, double usual) {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (int i = 0; i < count; i++) {
        if (samples[i].cycles > limit || !samples[i].class) continue;
        double w = samples[i].weight - usual, c = samples[i].cycles - limit;
        n++, x += w, y += c, xx += w * w, yy += c * c, xy += w * c;
    }
    return (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y));
}

int main(int argc, char **argv) {
    int count = argc > 1 ? atoi(argv[1]) : 20000;
    if (!martlet_lanes_are_available()) return puts("There are no lanes here."), 1;
    for (int i = 0; i < keys_count; i++) make_key(&keys[i]);
    light = heavy = keys[0];
    memset(light.d_mod_p1, 0, sizeof light.d_mod_p1), memset(light.d_mod_q1, 0, sizeof light.d_mod_q1);
    light.d_mod_p1[0] = light.d_mod_q1[0] = 1;
    memset(heavy.d_mod_p1, 0xff, sizeof heavy.d_mod_p1), memset(heavy.d_mod_q1, 0xff, sizeof heavy.d_mod_q1);
    uint8_t input[MARTLET_LANES * MARTLET_LANE_BYTES];
    RAND_bytes(input, sizeof input);
    for (int lane = 0; lane < MARTLET_LANES; lane++) input[lane * MARTLET_LANE_BYTES] = 0;
    struct sample *samples = malloc(sizeof *samples * count);
    double *sorted = malloc(sizeof *sorted * count);
    int differs = 0;
    struct martlet_lane_power power;
    RAND_bytes((void *)&power, sizeof power);
    power.base[MARTLET_POWER_WORDS - 1] >>= 1;
    BIGNUM *prime = BN_get_rfc3526_prime_3072(NULL);
    if (BN_bn2lebinpad(prime, (unsigned char *)power.modulus, sizeof power.modulus) < 0) abort();
    for (enum test test = 0; test < tests; test++) {
        const bool of_powers = test >= power_by_one_bit_or_all;
        for (int i = -200; i < count; i++) {
            struct sample sample = of_powers ? call_power(test, &power) : call(test, input);
            if (i >= 0) sorted[i] = (samples[i] = sample).cycles;
        }
        qsort(sorted, count, sizeof *sorted, compare);
        printf("%s: median %.0f cycles; t of all %.2f; of the quickest", names[test], sorted[count / 2],
               welch(samples, count, INFINITY));
        /* 4.5 for one look at the data; dudect, too, takes the largest of many. */
        for (int crop = 1; crop < crops; crop++) {
            double t = welch(samples, count, sorted[(int)((double)count * crop / crops)]);
            differs |= fabs(t) > 4.5;
            printf(" %d/%d: %.2f", crop, crops, t);
        }
        if (test == one_key_or_random_keys || test == power_by_one_or_random)
            printf("; r with the exponents' ones %.4f (%.4f would be chance in one of twenty)",
                   correlation(samples, count, sorted[count * 3 / 4], of_powers ? 1024 : 8192), 1.96 / sqrt(count * 3.0 / 8));
        putchar('\n');
    }
    return differs;
}
