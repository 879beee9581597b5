/* SPDX-License-Identifier: MIT */
/** @file member.h Drawing one member of a degenerate population, from its own random stream. */
#ifndef DICREC_POPULATION_MEMBER_H
#define DICREC_POPULATION_MEMBER_H

#include "core/workers.h"
#include "population/compensation.h"

/** What all members of a population share. */
typedef struct dicrec__member_law {
  dicrec__sensitivity sensitivity; /**< at the model's threshold */
  uint64_t seed;
  int max_draws, leak_law;
  double ranges[DICREC__MAX_CHANNELS][2];
  double spiking_point[3];
  dicrec__compensation to_spiking;
  int n_rules; /**< the given ones, or one that takes the chosen channels for every target */
  dicrec__rule rules[DICREC__MAX_RULES];
  dicrec__compensation to_target[DICREC__MAX_RULES]; /**< of the rules */
} dicrec__member_law;

/** Take these rules of a model, or the one pair of channels if it is not NULL, and prepare what is solved with them. */
void dicrec__member_law_prepare(dicrec__member_law *law, const dicrec__model_table *table,
                                const dicrec__compensation_rules *rules, const int32_t *channels);

/** Step 1: a base draw, [n_channels]. Each draw has its own part of the stream. Of the law, seed, leak_law, ranges and
 * the table count. */
void dicrec__member_base(const dicrec__member_law *law, uint64_t stream, uint32_t draw, double *conductances);

/** One member with its stages; [n_channels] each, base and spiking may be NULL. */
typedef struct dicrec__member {
  double *conductances, *base, *spiking;
  double *dics; /**< [DICREC_DIC_COUNT] */
} dicrec__member;

/**
 * Draw until the conductances that give the target are allowed ones, and give it within rounding.
 * OK, or why the last draw failed: E_INFEASIBLE (a conductance is negative or larger than any that is allowed),
 * E_SINGULAR, E_CONVERGENCE; E_CANCELLED if the worker is stopped.
 */
dicrec_status dicrec__member_draw(const dicrec__member_law *law, dicrec__worker *worker, uint64_t stream,
                                  const double target[2], dicrec__member *member);

/**
 * Make the member that a base draw, given by its coordinates [dicrec__model_base_count()], gives for a target, with the
 * first rule that leads to allowed conductances. Answers as dicrec__member_draw().
 */
dicrec_status dicrec__member_make(const dicrec__member_law *law, const double *coordinates, const double target[2],
                                  const dicrec__member *member);

#endif
