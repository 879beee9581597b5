/* SPDX-License-Identifier: MIT */
/** @file request.h What a reconstruction is asked for. */
#ifndef DICREC_RECONSTRUCT_REQUEST_H
#define DICREC_RECONSTRUCT_REQUEST_H

#include "estimator/flow.h"
#include "network/forward.h"
#include "reconstruct/reconstruction.h"

/** The options are those of the call; the rest belongs to one train. */
typedef struct dicrec__request {
  const dicrec_model *model;
  size_t n_members;
  dicrec_reconstruct_options options; /**< with every default filled in */
  dicrec_generate_options population;
  dicrec_simulate_options simulate; /**< with the duration and the time scale of the input */
  const dicrec_spikes *spikes;
  bool is_given;                     /**< the posterior is the user's, no estimator's */
  const dicrec_posterior *posterior; /**< given the noise, where that is fixed */
  double median[2];                  /**< of the posterior */
  const dicrec__flow *flow;          /**< law of the base draws; NULL: they are drawn as any neuron's */
  const dicrec__target *units;       /**< what the flow's DICs and noise are standardised by */
  const dicrec__forward *forward;    /**< NULL: candidates are not screened */
  dicrec_spike_statistics input;     /**< of the spikes */
  bool is_regular;                   /**< the spikes show no noise, or none is wanted; see dicrec__screen */
  double deadline_s;                 /**< of dicrec__clock_s(), of the whole train; 0: none */
  uint64_t key;                      /**< of the spikes: candidate i has stream dicrec__random_stream(key, i) */
} dicrec__request;

/** Read and check the options of all stages. OK, E_ARGUMENT, E_RANGE or E_OPTION. */
dicrec_status dicrec__request_read(dicrec_context *context, const dicrec_model *model, size_t n_members,
                                   const dicrec_reconstruct_options *options, dicrec__request *request);

/**
 * Reconstruct one train into an empty object, which keeps the status and its text. What a call answers for all trains
 * comes in `request`, as dicrec__request_read() leaves it. Without an estimator the posterior is that of `request`, and
 * without an input there are no spikes.
 */
dicrec_status dicrec__reconstruct_train(dicrec_context *context, const dicrec_estimator *estimator,
                                        const dicrec__request *request, const dicrec_spikes *spikes,
                                        dicrec_reconstruction *made);

#endif
