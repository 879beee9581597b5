/* SPDX-License-Identifier: MIT */
/**
 * @file 02_simulate.c
 * Without a recording: draw neurons that share their DICs, and simulate them.
 *
 * Usage: 02_simulate [TRACE.csv]      (also write the voltage of the first neuron there: t_ms,V_mV)
 */
#include <dicrec.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_MEMBERS = 8, MAX_CHANNELS = 16, MAX_SPIKES = 10000 };

static void check(dicrec_context *context, dicrec_status status) {
  char text[256];
  dicrec_context_error(context, text, sizeof text);
  if (status != DICREC_OK) fprintf(stderr, "%s: %s\n", dicrec_status_name(status), text);
  if (status < 0) exit(EXIT_FAILURE);
}

/* How often a neuron fired, and when first. */
static void print_member(dicrec_context *context, const dicrec_simulation *simulation, size_t member) {
  static double times_ms[MAX_SPIKES];
  dicrec_spikes *spikes = NULL;
  const size_t n = dicrec_simulation_spike_count(simulation, member);
  check(context, dicrec_simulation_copy_spikes(simulation, member, times_ms, MAX_SPIKES));
  check(context, dicrec_spikes_create(context, times_ms, n, NULL, &spikes));

  /* A silent train is no failure: the statuses above 0 are remarks, and the statistics are NaN. */
  dicrec_spike_statistics found = {.struct_size = sizeof found};
  dicrec_spikes_statistics(spikes, &found);
  printf("%6zu %8.2f %17.2f  ", member, found.rate_hz, found.spikes_per_burst);
  for (size_t i = 0; i < n && i < 5; ++i) printf(" %9.2f", times_ms[i]);
  printf("\n");
  dicrec_spikes_free(spikes);
}

/* CVODE follows one neuron within a tolerance and keeps its voltage at equal intervals. */
static void write_trace(dicrec_context *context, const dicrec_model *model, const double *conductances,
                        const char *path) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = 1000;
  options.trace_dt_ms = 0.1;
  dicrec_simulation *simulation = NULL;
  check(context, dicrec_simulate(context, model, conductances, 1, &options, &simulation));

  const size_t n = dicrec_simulation_trace_sample_count(simulation, 0);
  double *v_mv = calloc(n, sizeof *v_mv);
  FILE *file = fopen(path, "w");
  if (v_mv == NULL || file == NULL) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  check(context, dicrec_simulation_copy_trace(simulation, 0, v_mv, n));
  fprintf(file, "t_ms,V_mV\n");
  for (size_t i = 0; i < n; ++i) fprintf(file, "%.1f,%.4f\n", options.trace_dt_ms * (double)i, v_mv[i]);
  fclose(file);
  free(v_mv);
  dicrec_simulation_free(simulation);
}

int main(int argc, char **argv) {
  dicrec_context *context = NULL;
  dicrec_model *model = NULL;
  dicrec_population *population = NULL;
  dicrec_simulation *simulation = NULL;
  check(context, dicrec_context_create(NULL, &context));
  check(context, dicrec_model_open(context, "stg", &model));

  /* g_s below 0 and g_u well above it: bursts. All members share these two numbers, not their conductances. */
  const double target[] = {-6, 6};
  dicrec_generate_options draw;
  dicrec_generate_options_init(&draw, sizeof draw);
  draw.seed = 1; /* the same seed gives the same neurons */
  check(context, dicrec_generate(context, model, target, 1, 2, N_MEMBERS, &draw, &population));
  double conductances[N_MEMBERS * MAX_CHANNELS];
  check(context,
        dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, N_MEMBERS * MAX_CHANNELS));

  /* Without options: the model's protocol, 6 s of which the first 3 s do not count, by the fast ensemble solver. */
  check(context, dicrec_simulate(context, model, conductances, N_MEMBERS, NULL, &simulation));
  printf("member  rate Hz  spikes per burst   first spikes, ms\n");
  for (size_t i = 0; i < N_MEMBERS; ++i) print_member(context, simulation, i);
  if (argc > 1) write_trace(context, model, conductances, argv[1]);

  dicrec_simulation_free(simulation);
  dicrec_population_free(population);
  dicrec_model_free(model);
  dicrec_context_free(context);
  return EXIT_SUCCESS;
}
