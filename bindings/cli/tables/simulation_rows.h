/* SPDX-License-Identifier: MIT */
/**
 * @file simulation_rows.h
 * Cells of what a member fired, and rows of its trace.
 */
#ifndef DICREC_CLI_SIMULATION_ROWS_H
#define DICREC_CLI_SIMULATION_ROWS_H

#include "session.h"

/** Append the cell "[12.3456, 45.6789]" of a member's spikes, ms. */
void append_spike_list(session *work, const dicrec_simulation *simulation, size_t member);

/** Append the header of a table of traces; NULL: there are none. */
void trace_rows_header(text_buffer *trace, const dicrec_simulation *simulation);

/** Append the samples of a member up to its end, each after the cells `key`. */
void trace_rows_append(const session *work, text_buffer *trace, const char *key, const dicrec_simulation *simulation,
                       size_t member);

#endif
