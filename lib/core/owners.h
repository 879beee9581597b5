/* SPDX-License-Identifier: MIT */
/**
 * @file owners.h
 * How many owners an immutable object has besides the first: it is freed with the last, by whichever thread. Zeroed
 * memory is an object of one owner.
 */
#ifndef DICREC_CORE_OWNERS_H
#define DICREC_CORE_OWNERS_H

#include <stdatomic.h>
#include <stdbool.h>

typedef struct dicrec__owners {
  atomic_size_t n_more;
} dicrec__owners;

static inline void dicrec__owners_join(dicrec__owners *owners) {
  atomic_fetch_add_explicit(&owners->n_more, 1, memory_order_relaxed);
}

/** One owner less; true: it was the last, and what the others did to the object is seen. */
static inline bool dicrec__owners_leave(dicrec__owners *owners) {
  return atomic_fetch_sub_explicit(&owners->n_more, 1, memory_order_acq_rel) == 0;
}

/** Defines dicrec_<noun>_retain() for an object with a field `owners`. */
#define DICREC__DEFINE_RETAIN(noun)                                                                                    \
  dicrec_##noun *dicrec_##noun##_retain(const dicrec_##noun *noun) {                                                   \
    dicrec_##noun *same = (dicrec_##noun *)noun; /* the number of its owners is no part of its value */                \
    if (same != NULL) dicrec__owners_join(&same->owners);                                                              \
    return same;                                                                                                       \
  }

#endif
