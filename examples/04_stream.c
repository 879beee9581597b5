/* SPDX-License-Identifier: MIT */
/**
 * @file 04_stream.c
 * Reading a neuron while it is recorded: spikes go in as they come, the posterior sharpens.
 */
#include <dicrec.h>
#include <stdio.h>

/* Stands in for the recording: a neuron of the model, five spikes a burst. */
static double next_spike_ms(int index) {
  static const double in_burst_ms[] = {0.0, 9.74, 18.25, 26.70, 36.69}, period_ms = 153.93;
  return period_ms * (index / 5) + in_burst_ms[index % 5];
}

static void print(const dicrec_stream *stream, const dicrec_posterior *posterior, dicrec_status status) {
  double low[2], high[2];
  dicrec_posterior_quantile(posterior, 0.05, 2, low);
  dicrec_posterior_quantile(posterior, 0.95, 2, high);
  printf("%3zu spikes: g_s %6.2f to %6.2f, g_u %5.2f to %5.2f, support %.3f, %s\n", dicrec_stream_spike_count(stream),
         low[0], high[0], low[1], high[1], dicrec_posterior_support(posterior), dicrec_status_name(status));
}

/* From here on nothing allocates and nothing waits: this may run where data are acquired. */
static dicrec_status record(dicrec_stream *stream) {
  for (int i = 0; i < 40; ++i) {
    const double time_ms = next_spike_ms(i);
    dicrec_status status = dicrec_stream_push(stream, &time_ms, 1);
    if (status < 0) return status;
    if (i % 5 != 4) continue;
    const dicrec_posterior *posterior; /* the stream's own; the next reading changes it */
    status = dicrec_stream_posterior(stream, &posterior);
    if (status < 0) return status;
    print(stream, posterior, status);
  }
  return DICREC_OK;
}

int main(void) {
  dicrec_context *context = NULL;
  dicrec_model *model = NULL;
  dicrec_estimator *estimator = NULL;
  dicrec_stream *stream = NULL;
  dicrec_status status = dicrec_context_create(NULL, &context);
  if (status >= 0) status = dicrec_model_open(context, "stg", &model);
  if (status >= 0) status = dicrec_estimator_create(context, model, NULL, &estimator);
  if (status >= 0) status = dicrec_stream_create(context, estimator, NULL, &stream);
  if (status >= 0) status = record(stream);
  if (status < 0) fprintf(stderr, "%s\n", dicrec_status_name(status));
  dicrec_stream_free(stream);
  dicrec_estimator_free(estimator);
  dicrec_model_free(model);
  dicrec_context_free(context);
  return status < 0;
}
