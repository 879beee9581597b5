/* SPDX-License-Identifier: MIT */
/** @file member.h Drawing one member of a degenerate population, from its own random stream. */
#ifndef DICREC_DIC_MEMBER_H
#define DICREC_DIC_MEMBER_H

#include "dic/compensation.h"

/** What all members of a population share. */
typedef struct dicrec__member_law {
  dicrec__sensitivity sensitivity; /**< at the model's threshold */
  uint64_t seed;
  int max_draws, leak_law;
  double ranges[DICREC__MAX_CHANNELS][2];
  bool has_channels; /**< use `channels` alone */
  int channels[2];
} dicrec__member_law;

/** One member with its stages; [n_channels] each, base and spiking may be NULL. */
typedef struct dicrec__member {
  double *conductances, *base, *spiking;
} dicrec__member;

/**
 * Draw until the conductances that give the target are none negative.
 * OK, or why the last draw failed: E_INFEASIBLE (a negative conductance), E_SINGULAR, E_CONVERGENCE.
 */
dicrec_status dicrec__member_draw(const dicrec__member_law *law, uint64_t index, const double target[2],
                                  dicrec__member *member);

#endif
