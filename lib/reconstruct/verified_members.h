/* SPDX-License-Identifier: MIT */
/** @file verified_members.h From ranked candidates to the members of a reconstruction and the records of their trains.
 */
#ifndef DICREC_RECONSTRUCT_VERIFIED_MEMBERS_H
#define DICREC_RECONSTRUCT_VERIFIED_MEMBERS_H

#include "reconstruct/candidate_source.h"
#include "reconstruct/ranking.h"

/** Make the members, and move the trains of the ranking into their records. OK or E_MEMORY. */
dicrec_status dicrec__verified_members_set(dicrec_context *context, const dicrec__candidates *candidates,
                                           dicrec__ranking *ranking, dicrec_reconstruction *reconstruction);

#endif
