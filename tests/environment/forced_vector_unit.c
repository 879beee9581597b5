/* SPDX-License-Identifier: MIT */
/**
 * @file forced_vector_unit.c
 * In the place of core/vector_unit.c: the one vector unit that DICREC__FORCED_UNIT names, whatever the processor has.
 *
 * A program with this object ends before main(), with the exit code of skipped tests, where it could not run.
 */
#include <stdio.h>
#include <unistd.h>

#include "core/vector_unit.h"

/* What the library would have chosen, under another name. */
#define dicrec__widest_vector_unit widest_of_this_processor
#include "core/vector_unit.c"
#undef dicrec__widest_vector_unit

enum dicrec__vector_unit dicrec__widest_vector_unit(void) { return DICREC__FORCED_UNIT; }

__attribute__((constructor)) static void skip_what_cannot_run(void) {
  enum { SKIPPED = 77 };
#ifdef DICREC__HAS_X86_KERNELS
  __builtin_cpu_init();
#endif
  if (widest_of_this_processor() >= DICREC__FORCED_UNIT) return;
  fputs("skipped: this processor does not have the vector unit of this test\n", stderr);
  _exit(SKIPPED);
}
