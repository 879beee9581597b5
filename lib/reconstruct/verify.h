/* SPDX-License-Identifier: MIT */
/** @file verify.h Members that fire like the input: candidates are simulated until enough are accepted. */
#ifndef DICREC_RECONSTRUCT_VERIFY_H
#define DICREC_RECONSTRUCT_VERIFY_H

#include "reconstruct/candidates.h"

/**
 * Fill the reconstruction's population and checks. Accepted members come first, then the nearest of the rejected.
 * OK, E_MEMORY, E_CANCELLED, or what generation and simulation answer.
 */
dicrec_status dicrec__verify(dicrec_context *context, const dicrec__request *request,
                             dicrec_reconstruction *reconstruction);

#endif
