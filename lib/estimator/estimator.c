/* SPDX-License-Identifier: MIT */
/** @file estimator.c Estimators: made of weights, run on spikes. */
#include "estimator/estimator.h"

#include <math.h>
#include <string.h>

#include "core/options.h"
#include "estimator/builtin.h"
#include "estimator/posterior.h"
#include "estimator/scale.h"
#include "models/model.h"
#include "spikes/spikes.h"

#define FORMAT "dicrec-estimator-1"

struct dicrec_estimator {
  dicrec__allocator allocator;
  dicrec_model *model;
  dicrec__weights *weights;
  dicrec__network network;
  dicrec__support support;
  dicrec__target target;
  dicrec__forward forward;
};

static const dicrec_estimator_options estimator_defaults = {.struct_size = sizeof(dicrec_estimator_options)};
static const dicrec_estimate_options estimate_defaults = {.struct_size = sizeof(dicrec_estimate_options),
                                                          .support_limit = 0.01};

void dicrec_estimator_options_init(dicrec_estimator_options *options, size_t size) {
  dicrec__options_init(options, size, &estimator_defaults, sizeof estimator_defaults);
}

void dicrec_estimate_options_init(dicrec_estimate_options *options, size_t size) {
  dicrec__options_init(options, size, &estimate_defaults, sizeof estimate_defaults);
}

static dicrec_status load_weights(dicrec_context *context, const char *model, const dicrec_estimator_options *options,
                                  dicrec__weights **weights) {
  if (options->weights_path != NULL && options->weights_data != NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "weights_path and weights_data are both set");
  if (options->weights_data == NULL && options->weights_size != 0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "weights_size is set without weights_data");
  if (options->weights_path != NULL) return dicrec__weights_from_file(context, options->weights_path, weights);
  if (options->weights_data != NULL)
    return dicrec__weights_from_data(context, options->weights_data, options->weights_size, weights);
  size_t size;
  const unsigned char *data = dicrec__builtin_weights(model, &size);
  if (data == NULL) return dicrec__fail(context, DICREC_E_NAME, "no built-in weights for model '%.64s'", model);
  return dicrec__weights_from_data(context, data, size, weights);
}

/** Are these weights of the known kind, and for this model? */
static dicrec_status check_identity(dicrec_context *context, const dicrec__weights *weights, const char *model) {
  const char *format = dicrec__weights_metadata(weights, "format"), *of = dicrec__weights_metadata(weights, "model");
  if (format == NULL || strcmp(format, FORMAT) != 0)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the metadata do not say format = " FORMAT);
  if (of == NULL) return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the metadata name no model");
  if (strcmp(of, model) == 0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_MISMATCH, "weights of model '%.64s' for model '%.64s'", of, model);
}

static dicrec_status bind_target(dicrec_context *context, const dicrec__weights *weights, dicrec__target *target) {
  const dicrec__tensor *center, *scale, *range;
  const size_t two[2] = {2, 2};
  dicrec_status status = dicrec__weights_tensor(context, weights, "target.center", 1, two, &center);
  if (status == DICREC_OK) status = dicrec__weights_tensor(context, weights, "target.scale", 1, two, &scale);
  if (status == DICREC_OK) status = dicrec__weights_tensor(context, weights, "target.range", 2, two, &range);
  if (status != DICREC_OK) return status;
  for (int axis = 0; axis < 2; ++axis) {
    target->center[axis] = (double)center->values[axis];
    target->scale[axis] = (double)scale->values[axis];
    for (int side = 0; side < 2; ++side) target->range[axis][side] = (double)range->values[2 * axis + side];
    if (!(target->scale[axis] > 0.0) || !(target->range[axis][0] < target->range[axis][1]))
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: row %d of target: scale %g, range %g to %g", axis,
                          target->scale[axis], target->range[axis][0], target->range[axis][1]);
  }
  return DICREC_OK;
}

static dicrec_status assemble(dicrec_context *context, const char *model, const dicrec_estimator_options *options,
                              dicrec_estimator *made) {
  dicrec_status status = load_weights(context, model, options, &made->weights);
  if (status == DICREC_OK) status = check_identity(context, made->weights, model);
  if (status == DICREC_OK) status = dicrec__network_bind(context, made->weights, &made->network);
  if (status == DICREC_OK)
    status = dicrec__support_bind(context, made->weights, (size_t)made->network.n_features, &made->support);
  if (status == DICREC_OK) status = bind_target(context, made->weights, &made->target);
  if (status == DICREC_OK)
    status = dicrec__forward_bind(context, made->weights, made->model->table->n_channels, &made->forward);
  return status;
}

dicrec_status dicrec_estimator_create(dicrec_context *context, const dicrec_model *model,
                                      const dicrec_estimator_options *options, dicrec_estimator **estimator) {
  if (estimator != NULL) *estimator = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (model == NULL || estimator == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "model or estimator is NULL");
  dicrec_estimator_options known = estimator_defaults;
  dicrec_status status = dicrec__options_read(context, "dicrec_estimator_options", options, &known, sizeof known);
  if (status != DICREC_OK) return status;
  if (known.reserved != 0) return dicrec__fail(context, DICREC_E_OPTION, "dicrec_estimator_options.reserved is not 0");
  dicrec_estimator *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "an estimator");
  made->allocator = context->allocator;
  made->model = dicrec__model_retain(model);
  status = assemble(context, model->table->name, &known, made);
  if (status == DICREC_OK) *estimator = made;
  else dicrec_estimator_free(made);
  return status;
}

void dicrec_estimator_free(dicrec_estimator *estimator) {
  if (estimator == NULL) return;
  const dicrec__allocator allocator = estimator->allocator;
  dicrec__weights_free(estimator->weights);
  dicrec_model_free(estimator->model);
  dicrec__release(&allocator, estimator);
}

const dicrec_model *dicrec__estimator_model(const dicrec_estimator *estimator) { return estimator->model; }

const dicrec__forward *dicrec__estimator_forward(const dicrec_estimator *estimator) { return &estimator->forward; }

size_t dicrec_estimator_metadata(const dicrec_estimator *estimator, const char *key, char *text, size_t size) {
  const char *entry = NULL;
  if (estimator != NULL && key != NULL) entry = dicrec__weights_metadata(estimator->weights, key);
  return dicrec__copy_text(entry == NULL ? "" : entry, text, size);
}

/** Read and check the options; what is 0 becomes its default. */
static dicrec_status read_options(dicrec_context *context, const dicrec_estimate_options *from,
                                  dicrec_estimate_options *options) {
  *options = estimate_defaults;
  const dicrec_status status = dicrec__options_read(context, "dicrec_estimate_options", from, options, sizeof *options);
  if (status != DICREC_OK) return status;
  if (options->auto_scale != 0 && options->auto_scale != 1)
    return dicrec__fail_range(context, "auto_scale", options->auto_scale, "0 or 1");
  if (options->time_scale != 0.0 && !(options->time_scale >= 0.01 && options->time_scale <= 100.0))
    return dicrec__fail_range(context, "time_scale", options->time_scale, "0 or 0.01 to 100");
  if (options->auto_scale == 1 && options->time_scale != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "auto_scale is set, and time_scale is %g instead of 0",
                        options->time_scale);
  if (!(options->support_limit <= 1.0))
    return dicrec__fail_range(context, "support_limit", options->support_limit, "at most 1");
  if (options->time_scale == 0.0) options->time_scale = 1.0;
  if (options->support_limit == 0.0) options->support_limit = estimate_defaults.support_limit;
  return DICREC_OK;
}

static dicrec_status answer_silent(dicrec_context *context, const dicrec_estimator *estimator, size_t n_spikes,
                                   double time_scale, dicrec_posterior **posterior) {
  bool is_range;
  const dicrec_status status = dicrec__posterior_create(context, &estimator->target, NULL, 1, posterior, &is_range);
  if (status != DICREC_OK) return status;
  (*posterior)->activity = DICREC_ACTIVITY_SILENT;
  (*posterior)->time_scale = time_scale;
  return dicrec__fail(context, DICREC_W_SILENT, "the train has %zu spikes; the answer is the training range", n_spikes);
}

static int32_t activity_of(const dicrec_spikes *spikes) {
  dicrec_spike_statistics statistics = {.struct_size = sizeof statistics};
  dicrec_spikes_statistics(spikes, &statistics);
  return statistics.activity;
}

/** Posterior and support of a train that is not silent. */
static dicrec_status answer(dicrec_context *context, const dicrec_estimator *estimator, const dicrec_spikes *spikes,
                            const dicrec_estimate_options *options, dicrec_posterior **posterior) {
  const dicrec__network *network = &estimator->network;
  dicrec__scratch scratch = {0};
  dicrec_status status = dicrec__scratch_create(context, network, spikes->n, &scratch);
  if (status != DICREC_OK) return status;
  const dicrec__view view = {network, &estimator->support, &scratch, spikes->times_ms, spikes->n};
  const double time_scale = options->auto_scale == 1 ? dicrec__scale_find(&view) : options->time_scale;
  const double support = dicrec__scale_support(&view, time_scale);
  bool is_range;
  dicrec__network_head(network, &scratch);
  status = dicrec__posterior_create(context, &estimator->target, scratch.head,
                                    (size_t)network->head[1].n_out / DICREC__HEAD_PER_PART, posterior, &is_range);
  dicrec__scratch_free(&scratch);
  if (status != DICREC_OK) return status;
  (*posterior)->activity = activity_of(spikes);
  (*posterior)->support = is_range ? 0.0 : support; /* an answer that is not a number has no support */
  (*posterior)->time_scale = time_scale;
  return DICREC_OK;
}

dicrec_status dicrec_estimator_run(dicrec_context *context, const dicrec_estimator *estimator,
                                   const dicrec_spikes *spikes, const dicrec_estimate_options *options,
                                   dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || spikes == NULL || posterior == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "estimator, spikes or posterior is NULL");
  dicrec_estimate_options known;
  dicrec_status status = read_options(context, options, &known);
  if (status != DICREC_OK) return status;
  if (spikes->n < 3) return answer_silent(context, estimator, spikes->n, known.time_scale, posterior);
  status = answer(context, estimator, spikes, &known, posterior);
  if (status != DICREC_OK || (*posterior)->support >= known.support_limit) return status;
  return dicrec__fail(context, DICREC_W_SUPPORT, "support is %g, below the limit of %g", (*posterior)->support,
                      known.support_limit);
}
