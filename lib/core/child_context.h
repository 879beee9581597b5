/* SPDX-License-Identifier: MIT */
/**
 * @file child_context.h
 * A part of a call whose progress the user is not to see as it is: it runs with a context of its own, which has the
 * caller's memory and log, another progress callback, and an error text that becomes the caller's when the part fails.
 */
#ifndef DICREC_CORE_CHILD_CONTEXT_H
#define DICREC_CORE_CHILD_CONTEXT_H

#include "core/context.h"

/** Begin a part; its context needs no release. */
void dicrec__child_begin(dicrec_context *child, const dicrec_context *parent,
                         int32_t (*progress)(void *user, int64_t done, int64_t total), void *user);

/** End a part with its status, which is returned; unless that is OK the parent gets the text. */
dicrec_status dicrec__child_end(const dicrec_context *child, dicrec_context *parent, dicrec_status status);

#endif
