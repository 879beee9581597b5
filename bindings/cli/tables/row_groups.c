/* SPDX-License-Identifier: MIT */
/**
 * @file row_groups.c
 * Rows that one call can simulate.
 */
#include "tables/row_groups.h"

#include <stdlib.h>

#include "failure.h"

typedef struct scaled_row {
  double time_scale;
  size_t row;
} scaled_row;

static int compare(const void *a, const void *b) {
  const scaled_row *x = a, *y = b;
  int order = (x->time_scale > y->time_scale) - (x->time_scale < y->time_scale);
  return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static scaled_row *sorted_rows(const double *time_scale, size_t n_rows) {
  scaled_row *rows = allocate(n_rows, sizeof *rows);
  for (size_t row = 0; row < n_rows; ++row) rows[row] = (scaled_row){.time_scale = time_scale[row], .row = row};
  qsort(rows, n_rows, sizeof *rows, compare);
  return rows;
}

void row_groups_make(row_groups *made, const double *time_scale, size_t n_rows) {
  scaled_row *sorted = sorted_rows(time_scale, n_rows);
  *made = (row_groups){.groups = allocate(n_rows, sizeof *made->groups),
                       .places = allocate(n_rows, sizeof *made->places),
                       .rows = allocate(n_rows, sizeof *made->rows)};
  for (size_t i = 0; i < n_rows; ++i) {
    if (i == 0 || sorted[i].time_scale > sorted[i - 1].time_scale)
      made->groups[made->n++] = (row_group){.time_scale = sorted[i].time_scale, .rows = made->rows + i};
    row_group *group = &made->groups[made->n - 1];
    made->places[sorted[i].row] = (row_place){.group = made->n - 1, .member = group->n++};
    made->rows[i] = sorted[i].row;
  }
  free(sorted);
}

void row_groups_free(row_groups *made) {
  free(made->groups);
  free(made->places);
  free(made->rows);
  *made = (row_groups){0};
}
