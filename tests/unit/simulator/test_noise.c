/* SPDX-License-Identifier: MIT */
/** @file test_noise.c The noise current: its law, its spectrum, going back, and the same noise in both solvers. */
#include <math.h>
#include <stdlib.h>

#include "core/kernel_choice.h"
#include "simulator/noise.h"
#include "support/fixture.h"

Suite *noise_suite(void);

static const double sample_ms = 1.0 / DICREC__NOISE_PER_MS;

static const double pi = 3.14159265358979323846;

/** n samples at the noise's own interval, malloc'ed. */
static double *samples_of(uint64_t seed, uint64_t member, double std, size_t n) {
  dicrec__noise_filter filter;
  dicrec__noise noise;
  dicrec__noise_filter_init(&filter, DICREC__NOISE_PER_MS);
  dicrec__noise_start(&noise, &filter, seed, member, std);
  double *x = malloc(n * sizeof *x);
  for (size_t i = 0; i < n; ++i) x[i] = dicrec__noise_at(&noise, ((double)i + 1e-6) * sample_ms);
  return x;
}

/* White noise of variance 1 at 10 kHz keeps the share of its power below 1 kHz: 0.2, less the filter's slopes. */
START_TEST(noise_has_its_standard_deviation) {
  enum { N = 400000 };
  double *x = samples_of(3, 5, 4.0, N), mean = 0.0, squares = 0.0, fourths = 0.0;
  for (size_t i = 0; i < N; ++i) mean += x[i] / N;
  for (size_t i = 0; i < N; ++i) {
    squares += (x[i] - mean) * (x[i] - mean) / N;
    fourths += pow(x[i] - mean, 4) / N;
  }
  dicrec__noise_filter filter;
  dicrec__noise_filter_init(&filter, DICREC__NOISE_PER_MS);
  double power = 0.0, gain = 0.0;
  for (int k = 0; k < DICREC__NOISE_TAPS; ++k) {
    power += (double)(filter.taps[k] * filter.taps[k]);
    gain += (double)filter.taps[k];
    ck_assert_float_eq(filter.taps[k], filter.taps[DICREC__NOISE_TAPS - 1 - k]); /* no phase shift */
  }
  ck_assert_double_eq_tol(gain, 1.0, 1e-6);
  ck_assert_double_eq_tol(power, 0.2, 0.02);
  ck_assert_double_eq_tol(mean, 0.0, 0.05);
  report_worst("noise: standard deviation against the filter's", fabs(sqrt(squares / power) / 4.0 - 1.0), 0.01);
  ck_assert_double_eq_tol(sqrt(squares / power) / 4.0, 1.0, 0.01);
  ck_assert_double_eq_tol(fourths / (squares * squares), 3.0, 0.1); /* Gaussian */
  free(x);
}
END_TEST

/** Mean power at a frequency over Hann-windowed segments by Goertzel's recursion; white noise of variance 1 gives 1. */
static double power_at(const double *x, size_t n, size_t length, double hz) {
  const double w = 2.0 * pi * hz * 1e-3 * sample_ms, c = 2.0 * cos(w);
  double sum = 0.0;
  for (size_t from = 0; from + length <= n; from += length) {
    double s1 = 0.0, s2 = 0.0;
    for (size_t i = 0; i < length; ++i) {
      const double hann = 1.0 - cos(2.0 * pi * (double)i / (double)length);
      const double s = x[from + i] * hann + c * s1 - s2;
      s2 = s1;
      s1 = s;
    }
    sum += (s1 * s1 + s2 * s2 - c * s1 * s2) / (1.5 * (double)length);
  }
  return sum / (double)(n / length);
}

START_TEST(noise_has_its_spectrum) {
  enum { N = 512 * 600 };
  double *x = samples_of(1, 0, 1.0, N), worst_pass = 0.0, worst_stop = 0.0;
  for (double hz = 40.0; hz <= 700.0; hz += 60.0) worst_pass = fmax(worst_pass, fabs(power_at(x, N, 512, hz) - 1.0));
  for (double hz = 2000.0; hz <= 4900.0; hz += 290.0) worst_stop = fmax(worst_stop, power_at(x, N, 512, hz));
  const double edge = power_at(x, N, 512, 1000.0);
  report_worst("noise: power from 40 to 700 Hz against white noise", worst_pass, 0.2);
  report_worst("noise: power above 2 kHz, as a share of white noise", worst_stop, 1e-4);
  ck_assert_double_lt(worst_pass, 0.2);
  ck_assert_double_lt(worst_stop, 1e-4);
  ck_assert_double_eq_tol(edge, 0.25, 0.06); /* half the amplitude at the cut-off */
  free(x);
}
END_TEST

START_TEST(members_have_their_own_noise) {
  enum { N = 20000 };
  double *streams[] = {samples_of(1, 0, 1.0, N), samples_of(1, 1, 1.0, N), samples_of(2, 0, 1.0, N)};
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < a; ++b) {
      double correlation = 0.0;
      for (size_t i = 0; i < N; ++i) correlation += streams[a][i] * streams[b][i] / (0.2 * N);
      ck_assert_double_lt(fabs(correlation), 5.0 * sqrt(4.0 / N)); /* some N / 4 of the samples are independent */
    }
  for (int a = 0; a < 3; ++a) free(streams[a]);
}
END_TEST

START_TEST(noise_can_go_back_and_is_linear_between_samples) {
  double *x = samples_of(9, 4, 2.0, 400);
  dicrec__noise_filter filter;
  dicrec__noise noise;
  dicrec__noise_filter_init(&filter, DICREC__NOISE_PER_MS);
  dicrec__noise_start(&noise, &filter, 9, 4, 2.0);
  for (int i = 20; i < 380; i += 3) {
    ck_assert_double_eq_tol(dicrec__noise_at(&noise, 0.1 * (i + 0.5)), 0.5 * (x[i] + x[i + 1]), 1e-4);
    for (int back = 1; back <= 13; ++back)
      ck_assert_double_eq_tol(dicrec__noise_at(&noise, 0.1 * (i - back + 0.25)),
                              0.75 * x[i - back] + 0.25 * x[i - back + 1], 1e-4);
  }
  free(x);
}
END_TEST

START_TEST(noise_can_be_read_in_any_order) {
  enum { N = 4000 };
  double *x = samples_of(9, 4, 2.0, N + 1);
  dicrec__noise_filter filter;
  dicrec__noise noise;
  dicrec__noise_filter_init(&filter, DICREC__NOISE_PER_MS);
  dicrec__noise_start(&noise, &filter, 9, 4, 2.0);
  for (int i = 0, k = 0; i < 20000; ++i) {
    const int jump = i * 7919 % 400 - 200; /* up to 20 ms to either side */
    k = (k + (i % 5 == 0 ? jump : i % 3 - 1) + N) % N;
    ck_assert_double_eq_tol(dicrec__noise_at(&noise, 0.1 * (k + 0.5)), 0.5 * (x[k] + x[k + 1]), 1e-4);
  }
  ck_assert_double_eq_tol(dicrec__noise_at(&noise, -3.0), x[0], 1e-4);
  free(x);
}
END_TEST

/** A leak alone under noise and a current that jumps; times in the user's time. */
struct passive {
  double time_scale, tolerance, noise_std;
  const double *times, *values;
  size_t n_points;
};

static double current_at(const struct passive *neuron, double t) {
  size_t k = 0;
  while (k + 1 < neuron->n_points && neuron->times[k + 1] <= t + 1e-7) ++k;
  return neuron->values[k];
}

/** V at the noise's samples, solved exactly: between two of them the current is a line and V its response. */
static void solve_passive(const struct passive *neuron, double leak, double *v, size_t n) {
  const double reversal = dicrec_model_reversal_mv(stg, 7), step = sample_ms / neuron->time_scale;
  double *noise = samples_of(6, 0, neuron->noise_std, n);
  v[0] = -70.0;
  for (size_t i = 0; i + 1 < n; ++i) {
    const double current = current_at(neuron, sample_ms * (double)i);
    const double from = reversal + (current + noise[i]) / leak, to = reversal + (current + noise[i + 1]) / leak;
    const double lag = (to - from) / (leak * step);
    v[i + 1] = to - lag + (v[i] - from + lag) * exp(-leak * step);
  }
  free(noise);
}

/* After each jump CVODE searches for a step anew, and may look far ahead in the noise before it goes on from here. */
START_TEST(cvode_sees_the_right_noise_after_jumps) {
  enum { N_JUMPS = 300, N = 220001 };
  static double times[2 * N_JUMPS], values[2 * N_JUMPS], v[N], exact[N];
  for (size_t i = 0; i < 2 * N_JUMPS; ++i) {
    times[i] = 73.3 * (double)(i / 2 + 1);
    values[i] = (i + 1) / 2 % 2 == 0 ? 0.0 : 4.0;
  }
  const struct {
    double time_scale, tolerance, noise_std, allowed;
  } cases[] = {{50.0, 1e-3, 20.0, 0.1}, {20.0, 1e-2, 20.0, 0.15}, {100.0, 0.0, 20.0, 1e-3}};
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; ++k) {
    const struct passive neuron = {cases[k].time_scale, cases[k].tolerance, cases[k].noise_std, times, values,
                                   2 * N_JUMPS};
    const double g[8] = {[7] = 2.0};
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, sample_ms * (N - 1));
    options.noise_std = neuron.noise_std;
    options.seed = 6;
    options.time_scale = neuron.time_scale;
    options.relative_tolerance = options.absolute_tolerance = neuron.tolerance;
    options.current_times_ms = times;
    options.current_values = values;
    options.n_current = neuron.n_points;
    options.trace_dt_ms = sample_ms;
    dicrec_simulation *simulation;
    answers(dicrec_simulate(context, stg, g, 1, &options, &simulation), DICREC_OK);
    answers(dicrec_simulation_copy_trace(simulation, 0, v, N), DICREC_OK);
    dicrec_simulation_free(simulation);
    solve_passive(&neuron, g[7], exact, N);
    double worst = 0.0;
    for (size_t i = 0; i < N; ++i) worst = fmax(worst, fabs(v[i] - exact[i]));
    report_worst("noise and jumps: V of a leak under a time scale against the exact solution, mV", worst,
                 cases[k].allowed);
    ck_assert_double_lt(worst, cases[k].allowed);
  }
}
END_TEST

/** The kernels that this processor can run, the plain one first. */
static int kernels_here(const dicrec__noise_kernel *kernels[3]) {
  int n = 0;
  for (enum dicrec__vector_unit unit = DICREC__PLAIN; unit <= dicrec__widest_vector_unit(); ++unit)
    kernels[n++] = DICREC__KERNEL_FOR(unit, dicrec__noise_);
  return n;
}

/* White noise in double precision, from the words of the library that the streams are defined by. */
static void make_exact(const dicrec__noise *noise, int64_t block, double *white) {
  for (int k = 0; k < DICREC__NOISE_BLOCK / 4; ++k) {
    philox4x32_ctr_t counter = noise->random.counter;
    const uint64_t at = (uint64_t)block * (DICREC__NOISE_BLOCK / 4) + (uint64_t)k;
    counter.v[0] = (uint32_t)at;
    counter.v[1] += (uint32_t)(at >> 32);
    const philox4x32_ctr_t words = philox4x32(counter, noise->random.key);
    for (int pair = 0; pair < 2; ++pair) {
      const double u = (words.v[2 * pair] + 0.5) * 0x1p-32, turn = words.v[2 * pair + 1] * 0x1p-32;
      const double radius = (double)noise->std * sqrt(-2.0 * log(u)), angle = 2.0 * pi * turn;
      double *first = white + k / 8 * 32 + k % 8 * 2 + pair; /* sixteen cosines, then their sines */
      const double wrapped = turn - floor(turn * 4.0) / 4.0 >= 0.125 ? angle - pi / 2.0 : angle;
      first[0] = radius * cos(wrapped);
      first[16] = radius * sin(wrapped);
    }
  }
}

START_TEST(kernels_make_the_same_noise) {
  static const int64_t blocks[] = {0, 1, 12345, ((int64_t)1 << 32) - 1, (int64_t)1 << 40};
  const dicrec__noise_kernel *kernels[3];
  const int n_kernels = kernels_here(kernels);
  dicrec__noise_filter filter;
  dicrec__noise noise;
  dicrec__noise_filter_init(&filter, DICREC__NOISE_PER_MS);
  dicrec__noise_start(&noise, &filter, 0x123456789abcdef0, ((uint64_t)1 << 53) - 2, 3.0);
  dicrec__noise_at(&noise, 0.0); /* fills what is filtered below */
  double exact[DICREC__NOISE_BLOCK], worst = 0.0;
  float white[DICREC__NOISE_BLOCK], plain[DICREC__NOISE_BLOCK], filtered[DICREC__NOISE_BLOCK];
  for (size_t b = 0; b < sizeof blocks / sizeof blocks[0]; ++b) {
    make_exact(&noise, blocks[b], exact);
    for (int k = 0; k < n_kernels; ++k) {
      kernels[k]->make_white(&noise, blocks[b], white);
      for (int i = 0; i < DICREC__NOISE_BLOCK; ++i) worst = fmax(worst, fabs((double)white[i] - exact[i]));
      kernels[k]->filter(filter.taps, noise.white, k == 0 ? plain : filtered);
      for (int i = 0; k > 0 && i < DICREC__NOISE_BLOCK; ++i) worst = fmax(worst, (double)fabsf(filtered[i] - plain[i]));
    }
  }
  report_worst("noise of std 3, kernels against double precision", worst, 1e-5);
  ck_assert_double_lt(worst, 1e-5);
}
END_TEST

static size_t noisy_spikes(const double *g, int32_t solver, double std, double *times, size_t capacity) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = solver;
  options.t_end_ms = 800.0;
  options.noise_std = std;
  options.seed = 6;
  options.dt_ms = solver == DICREC_SOLVER_ENSEMBLE ? 0.01 : 0.0;
  options.relative_tolerance = solver == DICREC_SOLVER_CVODE ? 1e-7 : 0.0;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, 1, &options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, capacity), DICREC_OK);
  dicrec_simulation_free(simulation);
  return n;
}

/* A regular neuron follows the noise: both solvers see the same current, so the spikes are the same. */
START_TEST(both_solvers_see_the_same_noise) {
  enum { CAPACITY = 500 };
  double *g = make_neurons(stg, 10.0, 5.0, 1, 1), exact[CAPACITY], fast[CAPACITY], quiet[CAPACITY];
  const size_t n = noisy_spikes(g, DICREC_SOLVER_CVODE, 5.0, exact, CAPACITY);
  const size_t n_fast = noisy_spikes(g, DICREC_SOLVER_ENSEMBLE, 5.0, fast, CAPACITY);
  const size_t n_quiet = noisy_spikes(g, DICREC_SOLVER_CVODE, 0.0, quiet, CAPACITY);
  ck_assert_uint_gt(n, 5);
  ck_assert_uint_eq(n, n_fast);
  double worst = 0.0, moved = 0.0;
  for (size_t i = 0; i < n; ++i) worst = fmax(worst, fabs(exact[i] - fast[i]));
  for (size_t i = 0; i < n && i < n_quiet; ++i) moved = fmax(moved, fabs(exact[i] - quiet[i]));
  report_worst("noise: spike times of the ensemble against CVODE, ms", worst, 0.1);
  ck_assert_double_lt(worst, 0.1);
  ck_assert_double_gt(moved, 1.0); /* what the noise itself does to them */
  free(g);
}
END_TEST

Suite *noise_suite(void) {
  Suite *suite = suite_create("noise");
  TCase *tests = tcase_create("noise");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, noise_has_its_standard_deviation);
  tcase_add_test(tests, noise_has_its_spectrum);
  tcase_add_test(tests, members_have_their_own_noise);
  tcase_add_test(tests, noise_can_go_back_and_is_linear_between_samples);
  tcase_add_test(tests, noise_can_be_read_in_any_order);
  tcase_add_test(tests, cvode_sees_the_right_noise_after_jumps);
  tcase_add_test(tests, kernels_make_the_same_noise);
  tcase_add_test(tests, both_solvers_see_the_same_noise);
  suite_add_tcase(suite, tests);
  return suite;
}
