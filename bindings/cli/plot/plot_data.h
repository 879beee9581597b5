/* SPDX-License-Identifier: MIT */
/**
 * @file plot_data.h
 * What a plot of a reconstruction shows, copied out of the library.
 */
#ifndef DICREC_CLI_PLOT_DATA_H
#define DICREC_CLI_PLOT_DATA_H

#include "session.h"

enum { PLOT_SAMPLE_COUNT = 400, PLOT_TRACE_COUNT = 2 };

/** Spikes that are enough to look at. */
enum { PLOT_MIN_SPIKES = 10 };

/** The train of a member. */
typedef struct plot_member {
  double *times_ms;
  size_t n_times;
  double burst_gap_ms; /* interval above which a burst ends; infinite without bursts */
  bool is_accepted;
  bool is_good; /* false: compensation failed, nothing is drawn */
} plot_member;

/** The voltage of a member. */
typedef struct plot_trace {
  size_t member;
  double *samples; /* mV, NaN after an early stop */
  size_t n_samples;
  double start_ms; /* of the first sample, from the spike at which the trace is aligned */
  double step_ms;
} plot_trace;

/** Everything that is drawn. */
typedef struct plot_data {
  const char *model_name;
  const char *id;
  double rate_hz;
  double time_scale;
  double support;
  int32_t remarks;  /* DICREC_REMARK_*, or-ed */
  double noise_std; /* median of the posterior, or the fixed one, uA/cm2 */
  bool noise_is_fixed;
  bool has_noise; /* the median is above 0, or some member has noise */
  double *input_ms;
  size_t n_input;
  double burst_gap_ms; /* of the input */
  double burst_hz;     /* of the input, NaN without whole bursts */
  plot_member *members;
  size_t n_members;
  size_t n_good;
  size_t n_accepted;
  const char **channel_names;
  size_t n_channels;
  double *conductances; /* [n_members][n_channels], NaN for failed members */
  double *dics;         /* [n_members][DICREC_DIC_COUNT], likewise */
  double *member_noise; /* [n_members] noise current, standard deviation, uA/cm2 */
  double *spread_kept;  /* [n_channels], NaN where it is not known */
  double *band_low;     /* [n_channels] mean of the candidates less their standard deviation, NaN if not known */
  double *band_high;    /* and more */
  double spread_kept_min;
  int32_t target;      /* DICREC_TARGET_MEDIAN or _SAMPLE: what the candidates were drawn for */
  double checked_ms;   /* how long members were simulated in the check */
  double isi_distance; /* of the accepted members' intervals to the input's, median; NaN: not known */
  plot_trace traces[PLOT_TRACE_COUNT];
  size_t n_traces;
  double window_ms; /* that the traces cover from their spike on */
  double lead_ms;   /* and before it */
  double samples[PLOT_SAMPLE_COUNT][2];
  double median[2];
  double low[2];  /* 5 % quantiles */
  double high[2]; /* 95 % quantiles */
  double slow_range[2];
  double ultraslow_range[2];
} plot_data;

/**
 * Copy what is drawn, but for candidates and traces, of a verified reconstruction that was made with `options`. `id`
 * and the session's model must outlive the data.
 */
void plot_data_collect(plot_data *data, const session *work, const char *id, const dicrec_spikes *spikes,
                       const dicrec_reconstruct_options *options, const dicrec_reconstruction *found);

/** Index of the first spike after a gap, since the first burst may be cut; 0 if there is none with spikes to follow. */
size_t plot_first_onset(const double *times, size_t n, double gap);

/** Slow (0) or ultraslow (1) DIC of a member; NaN for failed members. */
double plot_data_dic(const plot_data *data, size_t member, int dic);

/** Give the memory back. */
void plot_data_free(plot_data *data);

#endif
