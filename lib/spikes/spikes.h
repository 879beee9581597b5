/* SPDX-License-Identifier: MIT */
/** @file spikes.h The inside of a validated spike train. */
#ifndef DICREC_SPIKES_SPIKES_H
#define DICREC_SPIKES_SPIKES_H

#include "core/allocator.h"
#include "core/owners.h"
#include "dicrec/spikes.h"
#include "spikes/segments.h"

struct dicrec_spikes {
  dicrec__allocator allocator;
  dicrec__owners owners;
  double *times_ms;
  dicrec__segment *segments; /**< NULL: one, from the first spike to the last */
  dicrec__train train;       /**< of these */
};

/** Statistics of a train; the public function for what is no handle. */
void dicrec__spike_statistics(dicrec__train train, dicrec_spike_statistics *statistics);

/** Stationarity of a train; the public function for what is no handle. */
void dicrec__spike_stationarity(dicrec__train train, dicrec_spike_stationarity *stationarity);

/** How long the train is silent at the edges of its segments: that part of the stationarity. */
void dicrec__edge_silence(dicrec__train train, dicrec_spike_stationarity *stationarity);

/** Coefficient of variation of the intervals above which a train is bursting [Brandoit et al., arXiv:2509.12783]. */
#define DICREC__BURSTING_CV 0.15

/** Activity class of a train; no more of the statistics is computed than it needs. */
int32_t dicrec__spike_activity(dicrec__train train);

/** Activity class of at least two intervals of this coefficient of variation. */
int32_t dicrec__activity_of_cv(double isi_cv);

/** A number that stands for the content of a train: its times in ms and, where they were given, its segments. */
uint64_t dicrec__spikes_key(const dicrec_spikes *spikes);

/** Times beyond are refused, in trains and streams: 300 years, where a double still resolves 0.002 ms. */
#define DICREC__LATEST_MS 1e13

/** The first of n times that is further from 0 than `latest`, not a number or not after the one before; n: none. */
size_t dicrec__first_bad_time(const double *times, size_t n, double latest);

/** A time that is refused: which of how many, and the one before it, of which there is none at index 0. */
typedef struct dicrec__bad_time {
  size_t index, n;
  double time, before;
} dicrec__bad_time;

/** Keep why a time is refused, E_SPIKES. `trial`: what stands before the text. */
dicrec_status dicrec__refuse_time(dicrec_context *context, const char *trial, const dicrec__bad_time *bad,
                                  double latest, const char *unit);

/** Write statistics into a caller's struct of its own size. OK, W_SILENT or E_ARGUMENT. */
dicrec_status dicrec__spike_statistics_copy(const dicrec_spike_statistics *from, dicrec_spike_statistics *to);

/** The default time constant of the van Rossum distance for a reference train of at least one interval. */
double dicrec__van_rossum_tau(dicrec__train train);

/** Squared van Rossum distance between the times of two segments, each shifted to its first spike. */
double dicrec__van_rossum(const double *a, size_t n_a, const double *b, size_t n_b, double tau_ms);

#endif
