/* SPDX-License-Identifier: MIT */
/**
 * @file plot_data.h
 * What a plot of a reconstruction shows, copied out of the library.
 */
#ifndef DICREC_CLI_PLOT_DATA_H
#define DICREC_CLI_PLOT_DATA_H

#include "session.h"

enum { PLOT_SAMPLE_COUNT = 400 };

/** The train of a member. */
typedef struct plot_member {
  double *times_ms;
  size_t n_times;
  double burst_gap_ms; /* interval above which a burst ends; infinite without bursts */
  bool is_accepted;
  bool is_good; /* false: compensation failed, nothing is drawn */
} plot_member;

/** Everything that is drawn. */
typedef struct plot_data {
  const char *model_name;
  const char *id;
  double rate_hz;
  double time_scale;
  double *input_ms;
  size_t n_input;
  double burst_gap_ms; /* of the input */
  plot_member *members;
  size_t n_members;
  size_t n_accepted;
  const char **channel_names;
  size_t n_channels;
  double *conductances; /* [n_members][n_channels], NaN for failed members */
  double samples[PLOT_SAMPLE_COUNT][2];
  double median[2];
  double low[2];  /* 5 % quantiles */
  double high[2]; /* 95 % quantiles */
  double slow_range[2];
  double ultraslow_range[2];
} plot_data;

/** Copy what is drawn of a verified reconstruction. `id` and the session's model must outlive the data. */
void plot_data_collect(plot_data *data, const session *work, const char *id, const dicrec_spikes *spikes,
                       const dicrec_reconstruction *found);

/** Give the memory back. */
void plot_data_free(plot_data *data);

#endif
