/* SPDX-License-Identifier: MIT */
/**
 * @file picture.c
 * The picture that --plot and --plot-id ask for.
 */
#include "plot/picture.h"

#include <string.h>

#include "plot/plot.h"
#include "plot/plot_traces.h"

void picture_check(const arguments *given) {
  const char *path = argument_text(given, "plot"), *id = argument_text(given, "plot-id");
  if (path == NULL && id != NULL) fail_usage(given->command, "option --plot-id '%s' needs --plot", id);
  const char *problem = path != NULL ? plot_problem(path) : NULL;
  if (problem != NULL) fail_usage(given->command, "option --plot: '%s' cannot be drawn: %s", path, problem);
}

size_t picture_row(const spike_file *file, const arguments *given) {
  const char *id = argument_text(given, "plot-id");
  size_t n_rows = file->table.n_rows;
  if (!argument_given(given, "plot") || n_rows == 0) return n_rows;
  if (id == NULL) return 0;
  for (size_t row = 0; row < n_rows; ++row)
    if (strcmp(spike_file_id(file, row), id) == 0) return row;
  fail("%s: option --plot-id: no train of '%s' has the ID '%s'", given->command->name, file->table.name, id);
}

void picture_draw(const session *work, const char *id, const dicrec_spikes *spikes,
                  const dicrec_reconstruct_options *options, const dicrec_reconstruction *found, text_buffer *image) {
  plot_data data;
  plot_data_collect(&data, work, id, spikes, options, found);
  plot_traces_collect(&data, work, options->seed, dicrec_reconstruction_population(found));
  const char *problem = plot_draw(&data, argument_text(work->given, "plot"), image);
  if (problem != NULL) fail("%s: the plot cannot be drawn: %s", work->given->command->name, problem);
  plot_data_free(&data);
}
