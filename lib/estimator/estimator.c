/* SPDX-License-Identifier: MIT */
/** @file estimator.c Estimators: made of weights. */
#include "estimator/estimator.h"

#include <math.h>
#include <string.h>

#include "core/options.h"
#include "models/model.h"
#include "network/builtin.h"
#include "network/format.h"
#include "network/product.h"

static const dicrec_estimator_options estimator_defaults = {.struct_size = sizeof(dicrec_estimator_options)};

void dicrec_estimator_options_init(dicrec_estimator_options *options, size_t size) {
  dicrec__options_init(options, size, &estimator_defaults, sizeof estimator_defaults);
}

static dicrec_status load_weights(dicrec_context *context, const dicrec_model *model,
                                  const dicrec_estimator_options *options, dicrec__weights **weights) {
  if (options->weights_path != NULL && options->weights_data != NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "weights_path and weights_data are both set");
  if (options->weights_data == NULL && options->weights_size != 0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "weights_size is set without weights_data");
  if (options->weights_path != NULL) return dicrec__weights_from_file(context, options->weights_path, weights);
  if (options->weights_data != NULL)
    return dicrec__weights_from_data(context, options->weights_data, options->weights_size, weights);
  const dicrec__embedded *builtin = dicrec__embedded_find(dicrec__builtin_weights, model->table->name);
  if (builtin != NULL && !dicrec__model_is_builtin(model))
    return dicrec__fail(context, DICREC_E_NAME, "the built-in weights are of another model '%.64s' than this one",
                        model->table->name);
  if (builtin == NULL)
    return dicrec__fail(context, DICREC_E_NAME, "no built-in weights for model '%.64s'", model->table->name);
  return dicrec__weights_from_data(context, builtin->data, builtin->size, weights);
}

/** Are these weights of the known kind, and for this model? */
static dicrec_status check_identity(dicrec_context *context, const dicrec__weights *weights, const char *model) {
  const char *format = dicrec__weights_metadata(weights, "format"), *of = dicrec__weights_metadata(weights, "model");
  if (format == NULL || strcmp(format, DICREC__FORMAT) != 0)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the metadata do not say format = " DICREC__FORMAT);
  if (of == NULL) return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the metadata name no model");
  if (strcmp(of, model) == 0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_MISMATCH, "weights of model '%.64s' for model '%.64s'", of, model);
}

static dicrec_status bind_target(dicrec_context *context, const dicrec__weights *weights, dicrec__target *target) {
  const dicrec__tensor *center, *scale, *range;
  const size_t two[2] = {2, 2};
  dicrec_status status = dicrec__weights_tensor(context, weights, DICREC__TARGET_CENTER, 1, two, &center);
  if (status == DICREC_OK) status = dicrec__weights_tensor(context, weights, DICREC__TARGET_SCALE, 1, two, &scale);
  if (status == DICREC_OK) status = dicrec__weights_tensor(context, weights, DICREC__TARGET_RANGE, 2, two, &range);
  if (status != DICREC_OK) return status;
  for (int axis = 0; axis < 2; ++axis) {
    target->center[axis] = (double)center->values[axis];
    target->dic_unit[axis] = (double)scale->values[axis];
    for (int side = 0; side < 2; ++side)
      target->range[axis][side] = (double)range->values[dicrec__packed_place(2, (size_t)side, (size_t)axis)];
    if (!(target->dic_unit[axis] > 0.0) || !(target->range[axis][0] < target->range[axis][1]))
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: row %d of target: scale %g, range %g to %g", axis,
                          target->dic_unit[axis], target->range[axis][0], target->range[axis][1]);
  }
  return DICREC_OK;
}

static dicrec_status bind_noise(dicrec_context *context, const dicrec__weights *weights, dicrec__target *target) {
  const dicrec__tensor *range;
  const dicrec_status status =
      dicrec__weights_tensor(context, weights, DICREC__NOISE_RANGE, 1, (const size_t[2]){2, 0}, &range);
  if (status != DICREC_OK) return status;
  const double low = (double)range->values[0], high = (double)range->values[1];
  if (!(low > 0.0 && high > low))
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: " DICREC__NOISE_RANGE " is %g to %g, expected to rise from above 0", low, high);
  target->log_noise[0] = log(low);
  target->log_noise[1] = log(high);
  return DICREC_OK;
}

static dicrec_status assemble(dicrec_context *context, const dicrec_estimator_options *options,
                              dicrec_estimator *made) {
  dicrec_status status = load_weights(context, made->model, options, &made->weights);
  if (status == DICREC_OK) status = check_identity(context, made->weights, made->model->table->name);
  dicrec__reader *reader = &made->reader;
  if (status == DICREC_OK) status = dicrec__code_bind(context, made->weights, &reader->network);
  if (status == DICREC_OK) status = dicrec__support_bind(context, made->weights, &reader->network, &reader->support);
  if (status == DICREC_OK) status = bind_target(context, made->weights, &made->target);
  if (status == DICREC_OK) status = bind_noise(context, made->weights, &made->target);
  if (status == DICREC_OK)
    status = dicrec__flow_bind(context, made->weights, (int)reader->network.n_code,
                               dicrec__model_base_count(made->model->table), &made->flow);
  if (status == DICREC_OK)
    status = dicrec__forward_bind(context, made->weights, made->model->table->n_channels, made->target.log_noise,
                                  &made->forward);
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
  made->model = dicrec_model_retain(model);
  status = assemble(context, &known, made);
  if (status == DICREC_OK) *estimator = made;
  else dicrec_estimator_free(made);
  return status;
}

DICREC__DEFINE_RETAIN(estimator)

void dicrec_estimator_free(dicrec_estimator *estimator) {
  if (estimator == NULL || !dicrec__owners_leave(&estimator->owners)) return;
  const dicrec__allocator allocator = estimator->allocator;
  dicrec__support_release(&allocator, &estimator->reader.support);
  dicrec__weights_free(estimator->weights);
  dicrec_model_free(estimator->model);
  dicrec__release(&allocator, estimator);
}

const dicrec_model *dicrec_estimator_model(const dicrec_estimator *estimator) {
  return estimator == NULL ? NULL : estimator->model;
}

const dicrec__target *dicrec__estimator_target(const dicrec_estimator *estimator) { return &estimator->target; }

const dicrec__flow *dicrec__estimator_flow(const dicrec_estimator *estimator) { return &estimator->flow; }

const dicrec__forward *dicrec__estimator_forward(const dicrec_estimator *estimator) { return &estimator->forward; }

size_t dicrec_estimator_metadata(const dicrec_estimator *estimator, const char *key, char *text, size_t size) {
  const char *entry = NULL;
  if (estimator != NULL && key != NULL) entry = dicrec__weights_metadata(estimator->weights, key);
  return dicrec__copy_text(entry == NULL ? "" : entry, text, size);
}

size_t dicrec__estimator_components(const dicrec_estimator *estimator) {
  const dicrec__network *network = &estimator->reader.network;
  return network->n_components > network->n_silent ? network->n_components : network->n_silent;
}
