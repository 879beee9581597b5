/* SPDX-License-Identifier: MIT */
/** @file members.h From selected candidates to the members of a reconstruction. */
#ifndef DICREC_RECONSTRUCT_MEMBERS_H
#define DICREC_RECONSTRUCT_MEMBERS_H

#include "reconstruct/candidates.h"

/**
 * Make the population of a reconstruction: of `n_found` candidates the first `n_accepted` match, the others are
 * W_REJECTED, and what is missing of the request has the status of the first that could not be made. Fills the
 * mismatches, the spread that was kept and the report's numbers of candidates and members. OK or E_MEMORY.
 */
dicrec_status dicrec__members_set(dicrec_context *context, const dicrec__candidates *candidates,
                                  const dicrec__candidate *const *found, size_t n_accepted, size_t n_found,
                                  dicrec_reconstruction *reconstruction);

/** Fill a reconstruction with candidates that are predicted to match, then the nearest of the others. */
dicrec_status dicrec__members_screen(dicrec_context *context, const dicrec__request *request,
                                     dicrec_reconstruction *reconstruction);

#endif
