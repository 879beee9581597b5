/* SPDX-License-Identifier: MIT */
/** @file static_plugin.c A plugin that has brought the library along as an archive, hidden from its host. */
#include "answers.h"

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const struct answers_library *
plugin_library(void);

const struct answers_library *plugin_library(void) {
#define ANSWERS_ADDRESS(name) .name = dicrec_##name,
  static const struct answers_library library = {ANSWERS_FUNCTIONS(ANSWERS_ADDRESS)};
  return &library;
}
