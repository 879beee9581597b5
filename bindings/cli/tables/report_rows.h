/* SPDX-License-Identifier: MIT */
/**
 * @file report_rows.h
 * Rows of the report of a reconstruction: one per train, what the search for its members came to.
 */
#ifndef DICREC_CLI_REPORT_ROWS_H
#define DICREC_CLI_REPORT_ROWS_H

#include "session.h"

/** Append the header. */
void report_rows_header(const session *work, text_buffer *report);

/**
 * Append the row of a train.
 *
 * @param found   Its reconstruction, or NULL if there is none.
 * @param status  What the reconstruction answered; `detail` says why it failed.
 */
void report_rows_append(session *work, text_buffer *report, const char *id, const dicrec_reconstruction *found,
                        dicrec_status status, const char *detail);

#endif
