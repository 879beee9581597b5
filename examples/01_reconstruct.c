/* SPDX-License-Identifier: MIT */
/**
 * @file 01_reconstruct.c
 * The whole way: spike times of one neuron in, 16 models that should fire alike out.
 *
 * Usage: 01_reconstruct [SPIKES.csv]      (the first train of a file such as data/stg_bursting.csv)
 */
#include <dicrec.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_MEMBERS = 16, MAX_SPIKES = 10000, MAX_CHANNELS = 16 };

/* Every call answers a status: 0 is good, positive a remark, negative a failure, which the context explains. */
static void check(dicrec_context *context, dicrec_status status) {
  char text[256];
  dicrec_context_error(context, text, sizeof text);
  if (status != DICREC_OK) fprintf(stderr, "%s: %s\n", dicrec_status_name(status), text);
  if (status < 0) exit(EXIT_FAILURE);
}

/* Without a file: ten bursts of five spikes. Returns how many times, in ms, were written. */
static size_t read_times(const char *path, double *times_ms) {
  size_t n = 0;
  if (path == NULL) {
    for (; n < 50; ++n) times_ms[n] = 100 + 117.3 * (double)(n / 5) + 9.2 * (double)(n % 5);
    return n;
  }
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  const int is_train = fscanf(file, "%*[^[][") != EOF; /* skips to the bracket that opens the first train */
  while (is_train && n < MAX_SPIKES && fscanf(file, "%lf%*[, ]", &times_ms[n]) == 1) ++n;
  fclose(file);
  return n;
}

/* One line for each member: its conductances, and what the check by simulation found. */
static void print_members(dicrec_context *context, const dicrec_model *model,
                          const dicrec_reconstruction *reconstruction) {
  const dicrec_population *population = dicrec_reconstruction_population(reconstruction);
  const size_t n_channels = dicrec_population_channel_count(population);
  double conductances[N_MEMBERS * MAX_CHANNELS];
  check(context,
        dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, N_MEMBERS * MAX_CHANNELS));
  printf("conductances in mS/cm2\nmember");
  for (size_t c = 0; c < n_channels; ++c) printf(" %8s", dicrec_model_channel_name(model, c));
  printf("   rate Hz  accepted\n");
  for (size_t i = 0; i < N_MEMBERS; ++i) {
    dicrec_spike_statistics fired = {.struct_size = sizeof fired};
    check(context, dicrec_reconstruction_statistics(reconstruction, i, &fired));
    printf("%6zu", i);
    for (size_t c = 0; c < n_channels; ++c) printf(" %8.4g", conductances[i * n_channels + c]);
    printf(" %9.2f  %s\n", fired.rate_hz, dicrec_reconstruction_accepted(reconstruction, i) ? "yes" : "no");
  }
}

int main(int argc, char **argv) {
  static double times_ms[MAX_SPIKES];
  const size_t n_spikes = read_times(argc > 1 ? argv[1] : NULL, times_ms);

  dicrec_context *context = NULL;
  dicrec_model *model = NULL;
  dicrec_spikes *spikes = NULL;
  dicrec_estimator *estimator = NULL;
  dicrec_reconstruction *reconstruction = NULL;

  /* The context takes the messages; the model says which neuron; the estimator is the trained network for it. */
  check(context, dicrec_context_create(NULL, &context));
  check(context, dicrec_model_open(context, "stg", &model));
  check(context, dicrec_spikes_create(context, times_ms, n_spikes, NULL, &spikes));
  check(context, dicrec_estimator_create(context, model, NULL, &estimator));

  /* With verify, candidates are simulated, and those that fire like the input come first. */
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = 1;
  options.max_candidates = 10; /* for each member asked for */
  check(context, dicrec_reconstruct(context, estimator, spikes, N_MEMBERS, &options, &reconstruction));

  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  check(context, dicrec_reconstruction_copy_report(reconstruction, &report));
  printf("%zu spikes read as g_s = %.2f, g_u = %.2f: of %lld candidates %lld were simulated, %lld of %d members "
         "accepted\n",
         n_spikes, report.g_s, report.g_u, (long long)report.n_drawn, (long long)report.n_simulated,
         (long long)report.n_accepted, N_MEMBERS);
  print_members(context, model, reconstruction);

  dicrec_reconstruction_free(reconstruction);
  dicrec_estimator_free(estimator);
  dicrec_spikes_free(spikes);
  dicrec_model_free(model);
  dicrec_context_free(context);
  return EXIT_SUCCESS;
}
