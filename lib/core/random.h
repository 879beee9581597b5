/* SPDX-License-Identifier: MIT */
/**
 * @file random.h
 * Counter-based random streams (Philox 4x32-10): a number depends on seed, purpose, stream and position alone,
 * so members can be computed in any order on any number of threads.
 */
#ifndef DICREC_CORE_RANDOM_H
#define DICREC_CORE_RANDOM_H

#include <Random123/philox.h>
#include <stdint.h>

#include "core/context.h"

/** What a stream is for; keeps the streams of one seed apart. */
enum dicrec__purpose { DICREC__PURPOSE_POPULATION = 1, DICREC__PURPOSE_NOISE = 2, DICREC__PURPOSE_POSTERIOR = 3 };

/** Stream numbers are below this, so that a double holds them and they survive tables. */
#define DICREC__STREAM_LIMIT (UINT64_C(1) << 53)

typedef struct dicrec__random {
  philox4x32_key_t key;
  philox4x32_ctr_t counter; /**< block, purpose and attempt, stream (two words) */
  philox4x32_ctr_t block;
  uint32_t used; /**< words of the block that are spent */
} dicrec__random;

/** Begin a stream; `attempt` (below 2^24) starts an independent part of it. */
static inline void dicrec__random_start(dicrec__random *random, uint64_t seed, enum dicrec__purpose purpose,
                                        uint64_t stream, uint32_t attempt) {
  random->key.v[0] = (uint32_t)seed;
  random->key.v[1] = (uint32_t)(seed >> 32);
  random->counter.v[0] = 0;
  random->counter.v[1] = ((uint32_t)purpose << 24) ^ attempt;
  random->counter.v[2] = (uint32_t)stream;
  random->counter.v[3] = (uint32_t)(stream >> 32);
  random->used = 4;
}

/** Scatters bits, one to one (finaliser of splitmix64, Steele et al. 2014); differences in few bits reach all. */
static inline uint64_t dicrec__random_mix(uint64_t bits) {
  bits += 0x9E3779B97F4A7C15U;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
  return bits ^ bits >> 31;
}

/**
 * The stream number of draw `index` of an input whose content hashes to `key`: a whole number below 2^53, which a
 * double holds, so that it survives tables. Inputs have streams of their own, whatever stands beside them.
 */
static inline uint64_t dicrec__random_stream(uint64_t key, uint64_t index) {
  return dicrec__random_mix(key + index * 0x9E3779B97F4A7C15U) >> 11;
}

/** 64 random bits. */
static inline uint64_t dicrec__random_bits(dicrec__random *random) {
  if (random->used >= 4) {
    random->block = philox4x32(random->counter, random->key);
    random->counter.v[0]++;
    random->used = 0;
  }
  const uint64_t low = random->block.v[random->used], high = random->block.v[random->used + 1];
  random->used += 2;
  return high << 32 | low;
}

/** Uniform in the open interval (0, 1), 53 bits. */
static inline double dicrec__random_uniform(dicrec__random *random) {
  return ((double)(dicrec__random_bits(random) >> 11) + 0.5) * 0x1p-53;
}

/** Two independent standard normal numbers (Box-Muller). */
void dicrec__random_normal_pair(dicrec__random *random, double pair[2]);

/** Gamma law of the given shape (at least 1) and scale 1 (Marsaglia and Tsang 2000). */
double dicrec__random_gamma(dicrec__random *random, double shape);

/** E_RANGE if streams first_member to first_member + n_members - 1 are not all numbers that a double holds. */
dicrec_status dicrec__check_first_member(dicrec_context *context, uint64_t first_member, size_t n_members);

#endif
