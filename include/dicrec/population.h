/* SPDX-License-Identifier: MIT */
/**
 * @file population.h
 * Degenerate populations: many conductance sets that share their DICs, by iterative compensation
 * [Fyon et al., PNAS Nexus 3:pgae415, 2024; arXiv:2509.12783].
 */
#ifndef DICREC_POPULATION_H
#define DICREC_POPULATION_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Members by channels, with DICs and a status per member; immutable, shareable between threads. */
typedef struct dicrec_population dicrec_population;

/** Laws of the leak conductance in the base draw, DICREC_LEAK_*: name, value, word, meaning. */
#define DICREC_LEAK_LIST(X)                                                                                            \
  X(GAMMA, 0, "gamma", "gamma with the mean and variance of the uniform law on its range")                             \
  X(UNIFORM, 1, "uniform", "uniform on its range")                                                                     \
  X(FIXED, 2, "fixed", "the middle of its range")

enum {
#define DICREC_LEAK_ENUM(name, value, word, text) DICREC_LEAK_##name = value,
  DICREC_LEAK_LIST(DICREC_LEAK_ENUM)
#undef DICREC_LEAK_ENUM
};

/** Word of a constant of DICREC_LEAK_LIST, such as "gamma"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_leak_name(int32_t value);

/** Options of dicrec_generate(); see dicrec_generate_options_init(). */
typedef struct dicrec_generate_options {
  uint32_t struct_size;    /**< sizeof(dicrec_generate_options) of the caller */
  int32_t n_threads;       /**< worker threads */
  uint64_t seed;           /**< seed of the random streams; each member has a stream of its own */
  int32_t max_draws;       /**< budget of base draws for each member and pair of channels */
  int32_t leak_law;        /**< DICREC_LEAK_* */
  const int32_t *channels; /**< [n_channels] indices of the conductances to modulate, and of no others */
  int32_t n_channels;      /**< as many as a target has DICs, 2; 0: the model's own rules choose */
  int32_t keep_raw;        /**< 1: also keep the base draw and the spiking neuron of step 2 */
  /**
   * [n_channels][2] ranges of the base draw, mS/cm2, at most DICREC_MAX_CONDUCTANCE, of the leak at least 1e-9; NULL:
   * the model's own.
   */
  const double *ranges;
  /** Stream of the first member, so that a population can be made in parts; member i has stream first_member + i. */
  uint64_t first_member;
} dicrec_generate_options;

/**
 * Fill options with their defaults.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_generate_options_init(dicrec_generate_options *options, size_t size);

/**
 * Draw members whose DICs at threshold equal the target.
 *
 * Each member: draw the free conductances, solve for the published spiking neuron, then solve two conductances
 * for the target by Newton's method. A member with a negative conductance, or one above DICREC_MAX_CONDUCTANCE, is
 * drawn again, within the budget, and so is one whose DICs miss the target by more than 1e-9 (of the target, if that is
 * above 1); then the model's other pairs of channels are tried. The result depends on the seed and the member's stream
 * alone, not on the number of threads. A call that is cancelled keeps the members that were made and answers W_PARTIAL;
 * the others have the status E_CANCELLED.
 * @param context     Context; progress counts members.
 * @param model       Model; what its file does not say of populations is chosen at the first call that needs it.
 * @param targets     [n_targets][n_columns], the model's target DICs: g_s and g_u, within DICREC_MAX_DIC.
 * @param n_targets   1 (one target for all) or n_members (one each).
 * @param n_columns   dicrec_model_target_count() of the model, 2 for the built-in ones.
 * @param n_members   Number of members, at least 1.
 * @param options     Options, or NULL for the defaults.
 * @param population  Receives the handle; free with dicrec_population_free(). NULL on failure.
 * @return OK, W_PARTIAL (some members failed: see their status), W_RANGE (a target is outside the model's
 *         range, see dicrec_model_target_range(); of both, W_PARTIAL, and the text names both), E_ARGUMENT, E_RANGE,
 *         E_OPTION, E_MEMORY, E_SINGULAR (no channels set the model's DICs apart; the text names one), E_INFEASIBLE (none
 *         of its draws reaches those of a neuron that spikes).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_generate(dicrec_context *context, const dicrec_model *model, const double *targets,
                                         size_t n_targets, size_t n_columns, size_t n_members,
                                         const dicrec_generate_options *options, dicrec_population **population);

/**
 * One more owner of a population: it is freed when dicrec_population_free() was called for every owner, in any order,
 * on any thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_population *dicrec_population_retain(const dicrec_population *population);

/** Free a population; NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_population_free(dicrec_population *population);

/** The model of the members, lent: valid as long as the population. NULL for NULL. Threads: any. Since 0.1. */
DICREC_API const dicrec_model *dicrec_population_model(const dicrec_population *population);

/** Number of members, valid or not; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_population_member_count(const dicrec_population *population);

/** Number of members whose status is OK, those that were rejected not among them; 0 for NULL. Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_population_valid_count(const dicrec_population *population);

/** Number of channels; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_population_channel_count(const dicrec_population *population);

/**
 * Status of a member: OK, or E_INFEASIBLE, E_SINGULAR, E_CONVERGENCE (why the last draw failed), E_CANCELLED; of a
 * reconstruction also W_REJECTED, with conductances.
 *
 * @return The status, or E_ARGUMENT beyond the last member.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_status(const dicrec_population *population, size_t member);

/**
 * Copy the statuses of all members, as dicrec_population_status() returns them one by one.
 *
 * @param population  Population.
 * @param statuses    [capacity], receives [n_members].
 * @param capacity    At least dicrec_population_member_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_copy_statuses(const dicrec_population *population, dicrec_status *statuses,
                                                         size_t capacity);

/** Stages of a member's construction that can be copied out. */
enum {
  DICREC_STAGE_FINAL = 0,  /**< the member itself */
  DICREC_STAGE_BASE = 1,   /**< the base draw; channels solved later are 0 (needs keep_raw) */
  DICREC_STAGE_SPIKING = 2 /**< the spiking neuron of step 2 (needs keep_raw) */
};

/**
 * Copy maximal conductances.
 *
 * @param population    Population.
 * @param stage         DICREC_STAGE_*.
 * @param conductances  [capacity], receives [n_members][n_channels] row-major, mS/cm2; NaN for failed members.
 * @param capacity      At least n_members * n_channels.
 * @return OK, E_ARGUMENT (also: the stage was not kept), E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_copy_conductances(const dicrec_population *population, int32_t stage,
                                                             double *conductances, size_t capacity);

/**
 * Copy the DICs that the members have at threshold.
 *
 * @param population  Population.
 * @param n_columns   Columns of a row, 1 to dicrec_dic_count().
 * @param dics        [capacity], receives [n_members][n_columns], g_f, g_s, g_u, g_t; NaN for failed members.
 * @param capacity    At least n_members * n_columns.
 * @return OK, E_ARGUMENT, E_RANGE, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_copy_dics(const dicrec_population *population, size_t n_columns,
                                                     double *dics, size_t capacity);

/**
 * Copy the numbers of the members' random streams, which with the seed repeat them, their noise included; of members
 * that were reconstructed only what they fire, see dicrec_reconstruct().
 *
 * @param population  Population.
 * @param streams     [capacity], receives [n_members]; below 2^53, so that doubles hold them.
 * @param capacity    At least n_members.
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_copy_streams(const dicrec_population *population, uint64_t *streams,
                                                        size_t capacity);

/**
 * Copy the noise that the members are to be simulated with: 0 unless they were reconstructed, with or without a check,
 * and then what the posterior or the options of the reconstruction gave each of them.
 *
 * @param population  Population.
 * @param noise_std   [capacity], receives [n_members], uA/cm2.
 * @param capacity    At least n_members.
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_population_copy_noise_std(const dicrec_population *population, double *noise_std,
                                                          size_t capacity);

/**
 * Time scale that the members are to be simulated with: 1 unless they were reconstructed from a train; NaN for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API double dicrec_population_time_scale(const dicrec_population *population);

#ifdef __cplusplus
}
#endif

#endif
