/* SPDX-License-Identifier: MIT */
#include "population/spiking_choice.h"

#include <math.h>
#include <string.h>

#include "population/rest.h"

/* Points are tried on a grid of equal ratios, DICs being multiples of the leak: g_f from 1 to 64, g_s and g_u from
 * 0.5 to 32, g_f and g_s with the signs of a quadrant. */
enum { N_FAST = 13, N_SLOW = 7, N_ULTRASLOW = 7, N_POINTS = N_FAST * N_SLOW * N_ULTRASLOW };
/* Of points that count as much, those with a fast DIC beyond 16 times the smallest are left alone: more than it
 * takes to fire, and far above it depolarised neurons that do not rest either. */
static const double widest_place = 4.0;
/* Sets of three channels that are looked at, the best first. */
enum { MAX_TRIALS = 6 };
/* What a point must count not to be looked for further: half of the draws, firing. */
static const int enough = DICREC__N_DRAWS + DICREC__N_DRAWS / 2;
/* Effects of three channels span this much of a cube at least. */
static const double smallest_volume = 1e-4;

/* A neuron that fires tonically has a negative g_f and a positive g_s at its threshold, which other signs are tried
 * after: of models that fire in bursts alone, or whose fast channels open above the threshold only. */
enum { N_QUADRANTS = 4 };
static const double quadrants[N_QUADRANTS][2] = {{-1.0, 1.0}, {-1.0, -1.0}, {1.0, 1.0}, {1.0, -1.0}};

/* Place of a point on the grid, in powers of 2. */
static void place_of(int i, double place[3]) {
  place[0] = 0.5 * (i % N_FAST);
  place[1] = i / N_FAST % N_SLOW - 1.0;
  place[2] = i / (N_FAST * N_SLOW) - 1.0;
}

static void point_at(int i, const double signs[2], double point[3]) {
  double place[3];
  place_of(i, place);
  for (int k = 0; k < 3; ++k) point[k] = exp2(place[k]) * (k < 2 ? signs[k] : 1.0);
}

/** What is known of the points that three channels are solved for. */
struct point_search {
  double neurons[N_POINTS][DICREC__MAX_CHANNELS];
  bool is_held, rests[N_POINTS];
  double before[N_POINTS], injected[N_POINTS];
  int n_allowed[N_POINTS], n_firing[N_POINTS]; /**< draws */
};

static void try_draw(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                     const double signs[2], const double *base, struct point_search *search) {
  for (int i = 0; i < N_POINTS; ++i) {
    double point[3];
    point_at(i, signs, point);
    const bool is_allowed = dicrec__draw_solve(sensitivity, compensation, point, base, search->neurons[i]);
    search->n_allowed[i] += is_allowed;
    search->rests[i] = !is_allowed;
  }
  const dicrec__resting resting = {.conductances = (const double(*)[DICREC__MAX_CHANNELS])search->neurons,
                                   .n = N_POINTS,
                                   .rests = search->rests,
                                   .before = search->before,
                                   .injected = search->injected,
                                   .is_held = search->is_held};
  dicrec__find_resting(sensitivity->table, &resting);
  for (int i = 0; i < N_POINTS; ++i) search->n_firing[i] += !search->rests[i];
}

/* The first place of g_f of a point that counts most. */
static double first_fast(const int count[N_POINTS], int most) {
  for (int fast = 0; fast < N_FAST; ++fast)
    for (int i = fast; i < N_POINTS; i += N_FAST)
      if (count[i] == most) return 0.5 * fast;
  return 0.0;
}

/* From a place to those of all points that count most, up to a place of g_f. */
static double distance_to_others(const int count[N_POINTS], int most, double last_fast, const double place[3]) {
  double sum = 0.0;
  for (int i = 0; i < N_POINTS; ++i) {
    double other[3];
    place_of(i, other);
    for (int k = 0; k < 3 && count[i] == most && other[0] <= last_fast; ++k) sum += fabs(place[k] - other[k]);
  }
  return sum;
}

/* Of the points that count most, the one nearest to the others in sum; how much it counts. */
static int middle_of(const int count[N_POINTS], int *middle) {
  int most = 0;
  for (int i = 0; i < N_POINTS; ++i)
    if (count[i] > most) most = count[i];
  if (most == 0) return 0;
  const double last_fast = first_fast(count, most) + widest_place;
  double least = INFINITY;
  for (int i = 0; i < N_POINTS; ++i) {
    double place[3];
    place_of(i, place);
    if (count[i] < most || place[0] > last_fast) continue;
    const double sum = distance_to_others(count, most, last_fast, place);
    if (sum >= least) continue;
    least = sum;
    *middle = i;
  }
  return most;
}

/* How many draws the point of three channels in a quadrant counts, firing ones more than others that are merely
 * allowed. */
static int find_point(const dicrec__sensitivity *sensitivity, dicrec__draws base, struct point_search *search,
                      const int channels[3], const double signs[2], double point[3]) {
  int middle = 0;
  memset(search->n_allowed, 0, sizeof search->n_allowed);
  memset(search->n_firing, 0, sizeof search->n_firing);
  const dicrec__compensation compensation = dicrec__compensation_to_spiking(sensitivity, channels);
  for (int d = 0; d < DICREC__N_DRAWS; ++d) try_draw(sensitivity, &compensation, signs, base[d], search);
  const int n_firing = middle_of(search->n_firing, &middle);
  const int count = n_firing > 0 ? DICREC__N_DRAWS + n_firing : middle_of(search->n_allowed, &middle);
  point_at(middle, signs, point);
  return count;
}

/* Volume that the effects of three channels, each of length 1, span. */
static double volume_of(const dicrec__sensitivity *sensitivity, dicrec__draws base, const int channels[3]) {
  double sum = 0.0;
  for (int d = 0; d < DICREC__N_DRAWS; ++d) {
    double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS], a[3][3], lengths = 1.0;
    dicrec__sensitivity_columns(sensitivity, base[d], columns);
    for (int k = 0; k < 3; ++k) {
      for (int s = 0; s < 3; ++s) a[k][s] = columns[s][channels[k]];
      lengths *= sqrt(a[k][0] * a[k][0] + a[k][1] * a[k][1] + a[k][2] * a[k][2]);
    }
    if (!(lengths > 0.0)) continue;
    const double determinant = a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
                               a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
                               a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    sum += fabs(determinant) / lengths;
  }
  return sum / DICREC__N_DRAWS;
}

/** Sets of channels, those with the largest volumes first. */
struct triples {
  int n, channels[MAX_TRIALS][3];
  double volumes[MAX_TRIALS];
};

static void insert(struct triples *triples, const int channels[3], double volume) {
  int at = triples->n < MAX_TRIALS ? triples->n++ : MAX_TRIALS;
  for (; at > 0 && triples->volumes[at - 1] < volume; --at)
    if (at < MAX_TRIALS) {
      triples->volumes[at] = triples->volumes[at - 1];
      memcpy(triples->channels[at], triples->channels[at - 1], sizeof triples->channels[at]);
    }
  if (at >= MAX_TRIALS) return;
  triples->volumes[at] = volume;
  memcpy(triples->channels[at], channels, sizeof triples->channels[at]);
}

/* Channels that are to be solved for, whose conductances are 0 where they are not. */
static int count_open(const dicrec__model_table *table, const int channels[3]) {
  int n = 0;
  for (int k = 0; k < 3; ++k) n += dicrec__is_open_channel(table, channels[k]);
  return n;
}

static struct triples list_triples(const dicrec__sensitivity *sensitivity, dicrec__draws base, int n_open) {
  const dicrec__model_table *table = sensitivity->table;
  struct triples triples = {.n = 0};
  int c[3];
  for (c[0] = 0; c[0] < table->n_channels; ++c[0])
    for (c[1] = c[0] + 1; c[1] < table->n_channels; ++c[1])
      for (c[2] = c[1] + 1; c[2] < table->n_channels; ++c[2]) {
        if (c[0] == table->leak || c[1] == table->leak || c[2] == table->leak) continue;
        const double volume = count_open(table, c) == n_open ? volume_of(sensitivity, base, c) : 0.0;
        if (volume >= smallest_volume) insert(&triples, c, volume);
      }
  return triples;
}

void dicrec__solve_spiking(const dicrec__sensitivity *sensitivity, dicrec__draws base, dicrec__spiking_choice *choice) {
  const dicrec__compensation compensation = dicrec__compensation_to_spiking(sensitivity, choice->channels);
  choice->n_solved = 0;
  for (int d = 0; d < DICREC__N_DRAWS; ++d)
    choice->n_solved +=
        dicrec__draw_solve(sensitivity, &compensation, choice->point, base[d], choice->solved[choice->n_solved]);
}

/* Try channels and quadrants until a point counts enough; what the best one counts. */
static int try_triples(const dicrec__sensitivity *sensitivity, dicrec__draws base, const struct triples *triples,
                       struct point_search *search, int best, dicrec__spiking_choice *choice) {
  for (int trial = 0; trial < N_QUADRANTS * triples->n && best < enough; ++trial) {
    const int *channels = triples->channels[trial % triples->n];
    double point[3];
    const int count = find_point(sensitivity, base, search, channels, quadrants[trial / triples->n], point);
    if (count <= best) continue;
    best = count;
    memcpy(choice->channels, channels, sizeof choice->channels);
    memcpy(choice->point, point, sizeof choice->point);
  }
  return best;
}

/* All sets of channels, those with more channels that are to be solved for before others. */
static dicrec_status search_all(const dicrec__sensitivity *sensitivity, dicrec__draws base, struct point_search *search,
                                dicrec__spiking_choice *choice, int *best) {
  bool is_singular = true;
  for (int n_open = 3; n_open >= 0 && *best < enough; --n_open) {
    const struct triples triples = list_triples(sensitivity, base, n_open);
    const int before = *best;
    is_singular &= triples.n == 0;
    *best = try_triples(sensitivity, base, &triples, search, before, choice);
    if (*best > before) choice->is_held = search->is_held;
  }
  if (is_singular) return DICREC_E_SINGULAR;
  return *best == 0 ? DICREC_E_INFEASIBLE : DICREC_OK;
}

dicrec_status dicrec__choose_spiking(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                     dicrec__draws base, dicrec__spiking_choice *choice) {
  struct point_search *search = dicrec__allocate(allocator, 1, sizeof *search);
  if (search == NULL) return DICREC_E_MEMORY;
  int best = 0;
  dicrec_status status = search_all(sensitivity, base, search, choice, &best);
  search->is_held = true; /* where none fires by itself */
  if (status == DICREC_OK && best <= DICREC__N_DRAWS) status = search_all(sensitivity, base, search, choice, &best);
  dicrec__release(allocator, search);
  if (status == DICREC_OK) dicrec__solve_spiking(sensitivity, base, choice);
  return status;
}
