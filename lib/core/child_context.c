/* SPDX-License-Identifier: MIT */
#include "core/child_context.h"

#include <string.h>

void dicrec__child_begin(dicrec_context *child, const dicrec_context *parent,
                         int32_t (*progress)(void *user, int64_t done, int64_t total), void *user) {
  *child = *parent;
  child->options.progress = progress;
  child->options.progress_user = user;
}

dicrec_status dicrec__child_end(const dicrec_context *child, dicrec_context *parent, dicrec_status status) {
  if (status != DICREC_OK) memcpy(parent->error, child->error, sizeof parent->error);
  return status;
}
