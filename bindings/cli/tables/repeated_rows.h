/* SPDX-License-Identifier: MIT */
/**
 * @file repeated_rows.h
 * Warns of rows that a table's key does not distinguish.
 */
#ifndef DICREC_CLI_REPEATED_ROWS_H
#define DICREC_CLI_REPEATED_ROWS_H

#include "session.h"
#include "tables/csv_table.h"

enum { MAX_KEY_COLUMNS = 2 };

/** Warn of rows that share what stands in `n_keys` columns, at most MAX_KEY_COLUMNS: what they share, and their lines.
 */
void warn_of_repeated_rows(const session *work, const csv_table *table, const size_t *keys, size_t n_keys);

#endif
