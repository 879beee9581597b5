/* SPDX-License-Identifier: MIT */
/**
 * @file row_groups.h
 * Rows that one call can simulate: those with the same time scale.
 */
#ifndef DICREC_CLI_ROW_GROUPS_H
#define DICREC_CLI_ROW_GROUPS_H

#include <stddef.h>

/** Rows with one time scale, in the order of the file. */
typedef struct row_group {
  double time_scale;
  const size_t *rows; /* [n] */
  size_t n;
} row_group;

/** Where a row went. */
typedef struct row_place {
  size_t group, member; /* the group's row number `member` is this one */
} row_place;

/** All rows, in groups. */
typedef struct row_groups {
  row_group *groups;
  size_t n;
  row_place *places; /* [n_rows] */
  size_t *rows;      /* [n_rows], group by group */
} row_groups;

/** Sort rows into groups. */
void row_groups_make(row_groups *made, const double *time_scale, size_t n_rows);

/** Give the memory back. */
void row_groups_free(row_groups *made);

#endif
