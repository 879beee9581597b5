/* SPDX-License-Identifier: MIT */
/** @file trace.h Samples of states or currents of many members, written by worker threads, each member by one. */
#ifndef DICREC_SIMULATOR_TRACE_H
#define DICREC_SIMULATOR_TRACE_H

#include "core/growing.h"
#include "dicrec/status.h"
#include "models/model.h"

/** Samples of one member. */
typedef struct dicrec__trace {
  double *times_ms, *values; /**< [capacity], [capacity][n_columns]; on a grid there are no times */
  size_t n, capacity;
} dicrec__trace;

typedef struct dicrec__trace_store {
  dicrec__shared_memory *memory;
  dicrec_model *model;
  int32_t kind; /**< DICREC_TRACE_* */
  size_t n_members, n_columns;
  bool on_grid;           /**< else at the solver's steps */
  double dt_ms, t_end_ms; /**< of the grid */
  size_t max_samples;     /**< of a member: the grid's length, or its share of the memory */
  dicrec__trace *traces;  /**< [n_members] */
} dicrec__trace_store;

/** Bytes of all samples of a grid, which may be more than there are numbers for. */
double dicrec__trace_grid_bytes(const dicrec_model *model, int32_t kind, size_t n_members, double dt_ms,
                                double t_end_ms);

/**
 * A store without samples. The memory must live as long as the store. OK or E_MEMORY.
 * @param dt_ms      Below 0: at the solver's steps.
 * @param max_bytes  For all members together; a grid must fit into it.
 */
dicrec_status dicrec__trace_store_create(dicrec__shared_memory *memory, const dicrec_model *model, int32_t kind,
                                         size_t n_members, double dt_ms, double t_end_ms, uint64_t max_bytes,
                                         dicrec__trace_store **store);

void dicrec__trace_store_free(dicrec__trace_store *store);

/** Time of a sample of the grid; rounding does not pass the end. */
double dicrec__trace_grid_time(const dicrec__trace_store *store, size_t sample);

/** Add the sample of a state at a time, which counts only at the solver's steps. OK, W_LIMIT (no more) or E_MEMORY. */
dicrec_status dicrec__trace_add(dicrec__trace_store *store, size_t member, double t_ms, const double *conductances,
                                const double *state);

/** Number of samples that a member has for the user. */
size_t dicrec__trace_length(const dicrec__trace_store *store, size_t member);

/** Copy a member's samples, [length][n_columns]; NaN where nothing was recorded. */
void dicrec__trace_copy(const dicrec__trace_store *store, size_t member, double *values);

/** Name of a column, as snprintf(): the length of the whole name. */
size_t dicrec__trace_column(const dicrec__trace_store *store, size_t column, char *name, size_t size);

#endif
