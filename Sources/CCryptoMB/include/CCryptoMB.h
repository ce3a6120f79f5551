#pragma once
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Eight RSA operations or modular powers at a time, by crypto_mb of Intel's Cryptography Primitives Library
   (docs/ARCHITECTURE.md, "Eight at a time"). `scripts/fetch-lanes` brings the library; without it this target is built,
   too, and says that it can't.  */

#define MARTLET_LANES 8
#define MARTLET_LANE_BYTES 256
#define MARTLET_LANE_WORDS 32
#define MARTLET_POWER_BITS 3072
#define MARTLET_POWER_WORDS 48
#define MARTLET_EXPONENT_BITS 256
#define MARTLET_EXPONENT_WORDS 4

/* The numbers of an RSA-2048 key whose primes have 1,024 bits each, least significant word first. */
struct martlet_lane_key {
    uint64_t p[MARTLET_LANE_WORDS / 2];
    uint64_t q[MARTLET_LANE_WORDS / 2];
    uint64_t d_mod_p1[MARTLET_LANE_WORDS / 2];
    uint64_t d_mod_q1[MARTLET_LANE_WORDS / 2];
    uint64_t q_inverse[MARTLET_LANE_WORDS / 2];
    uint64_t n[MARTLET_LANE_WORDS];
};

/* The numbers of a power, least significant word first: an odd modulus of 3,072 bits and a base below it. */
struct martlet_lane_power {
    uint64_t base[MARTLET_POWER_WORDS];
    uint64_t exponent[MARTLET_EXPONENT_WORDS];
    uint64_t modulus[MARTLET_POWER_WORDS];
    uint64_t result[MARTLET_POWER_WORDS];
};

/* Whether the library is part of this build. */
bool martlet_lanes_are_built(void);

/* Whether it is, and processor and operating system can what it needs: AVX-512 with IFMA. */
bool martlet_lanes_are_available(void);

/* Raises each of the eight inputs, numbers of 256 big-endian bytes below their key's modulus, to its key's private
   exponent, and each result to 65537 to see that it is right. Returns a bit for each lane whose result is; the results of
   the others are zero. In a time that depends on no key and no input. Only where the lanes are available.  */
uint8_t martlet_lanes_private(const struct martlet_lane_key *const keys[MARTLET_LANES],
                              const uint8_t inputs[MARTLET_LANES * MARTLET_LANE_BYTES],
                              uint8_t results[MARTLET_LANES * MARTLET_LANE_BYTES]);

/* Raises each of the eight bases to its exponent, in a time that depends on no number. Where there is no room for it,
   the results are zero. Only where the lanes are available.  */
void martlet_lanes_powers(struct martlet_lane_power powers[MARTLET_LANES]);

#ifdef __cplusplus
}
#endif
