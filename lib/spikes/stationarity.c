/* SPDX-License-Identifier: MIT */
/**
 * @file stationarity.c
 * Does the rate of a train change? The train's slow Fourier components, sum of cos(pi j t / T) over its spikes, are
 * independent and of equal variance if its statistics are constant: whatever its intervals are, and however they depend
 * on each other over times shorter than the fastest of these components [Mueller, J Econometrics 141:1331, 2007]. A
 * drift or a step puts most of their power into one direction. How likely chance does as much is known without any
 * estimate of a variance, from the volume of a tube around the directions of all steps on the sphere [Johansen &
 * Johnstone, Ann Stat 18:652, 1990].
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "core/options.h"
#include "spikes/spikes.h"

/* Components grow with the square root of the intervals: long trains resolve more, and depend on less of their
   spectrum being flat. Fewer intervals than the least leave too little to compare with. */
enum { LEAST_COMPONENTS = 4, MOST_COMPONENTS = 128, LEAST_INTERVALS = 10, N_LANES = 16 };
static const double components_per_root = 1.6;
/* Steps within this share of the train from its ends are not looked for. */
static const double edge_share = 0.1;
/* Changes of the rate as small as this are rounding of the times. */
static const double rounding = 1e-9;
/* What is called a drift: less likely than this by chance, and a change of the rate by more than this factor. */
static const double drift_p = 0.01, drift_factor = 1.15;

static const double pi = 3.141592653589793;

/** The slow components of a train, and the power of all of them. */
struct components {
  int n;
  double a[MOST_COMPONENTS + 1], power; /**< from a[1] on */
};

/** A direction and how much of the power lies in it. */
struct best {
  double drift_share, step_share, step_place, length; /**< of the curve of all steps on the sphere */
};

/** The intervals of all segments one after the other, as one train from 0 on. */
struct joined {
  dicrec__train train;
  size_t n_entered;           /**< segments */
  const double *at, *end;     /**< times of the last of these */
  double first_ms, offset_ms; /**< the first of them, in its own times and in the joined ones */
};

/* The next segment that has an interval. */
static void enter_segment(struct joined *joined) {
  dicrec__segment segment = dicrec__train_segment(joined->train, joined->n_entered++);
  while (segment.n < 2) segment = dicrec__train_segment(joined->train, joined->n_entered++);
  joined->at = joined->train.times_ms + segment.first;
  joined->end = joined->at + segment.n;
  joined->first_ms = *joined->at;
}

static struct joined join(dicrec__train train) {
  struct joined joined = {.train = train};
  enter_segment(&joined);
  return joined;
}

/* The next of as many times as there are intervals and one more: a segment begins where the one before it ends. */
static inline double next_time(struct joined *joined) {
  if (joined->at == joined->end) {
    joined->offset_ms += joined->end[-1] - joined->first_ms;
    enter_segment(joined);
    ++joined->at;
  }
  return joined->offset_ms + (*joined->at++ - joined->first_ms);
}

static int component_count(size_t n_intervals) {
  const double count = components_per_root * sqrt((double)n_intervals);
  return count < LEAST_COMPONENTS ? LEAST_COMPONENTS : count < MOST_COMPONENTS ? (int)count : MOST_COMPONENTS;
}

/* Chebyshev's recurrence, on many spikes at once: `first` are their weights, `second` the cosines times these. */
static void add_spikes(struct components *c, const double *cosines, double *first, double *second) {
  for (int j = 1; j <= c->n; ++j) {
    double sum = 0.0;
    for (int l = 0; l < N_LANES; ++l) {
      const double next = 2.0 * cosines[l] * second[l] - first[l];
      sum += second[l];
      first[l] = second[l];
      second[l] = next;
    }
    c->a[j] += sum;
  }
}

/* The first and the last spike count half, as in the trapezoidal rule: then an even train has no components at all. */
static void take_components(struct components *c, dicrec__train train) {
  const size_t n = train.n_intervals + 1;
  const double duration_ms = dicrec__train_covered_ms(train);
  struct joined joined = join(train);
  c->n = component_count(n - 1);
  for (int j = 0; j <= c->n; ++j) c->a[j] = 0.0;
  for (size_t i = 0; i < n; i += N_LANES) {
    double cosines[N_LANES], first[N_LANES], second[N_LANES];
    for (size_t l = 0; l < N_LANES; ++l) {
      const size_t k = i + l;
      first[l] = k >= n ? 0.0 : k == 0 || k == n - 1 ? 0.5 : 1.0;
      cosines[l] = k < n ? cos(pi * (next_time(&joined) / duration_ms)) : 0.0;
      second[l] = first[l] * cosines[l];
    }
    add_spikes(c, cosines, first, second);
  }
  const double least = rounding * (double)n;
  c->power = least * least;
  for (int j = 1; j <= c->n; ++j) c->power += c->a[j] * c->a[j];
}

/* A rate that is linear in time has the components ((-1)^j - 1) / (pi j)^2. */
static double drift_share(const struct components *c) {
  double product = 0.0, norm = 0.0;
  for (int j = 1; j <= c->n; j += 2) {
    const double direction = 1.0 / ((double)j * (double)j);
    product += direction * c->a[j];
    norm += direction * direction;
  }
  return product * product / (norm * c->power);
}

/* A step at the share x of the train has -sin(pi j x) / (pi j). Their speed over x on the sphere adds to the length. */
static double step_share(const struct components *c, double x, double *speed) {
  const double twice_cosine = 2.0 * cos(pi * x);
  double sine = sin(pi * x), previous_sine = 0.0, cosine = 0.5 * twice_cosine, previous_cosine = 1.0;
  double product = 0.0, norm = 0.0, mixed = 0.0, slope = 0.0;
  for (int j = 1; j <= c->n; ++j) {
    const double direction = sine / (double)j;
    product += direction * c->a[j];
    norm += direction * direction;
    mixed += direction * cosine;
    slope += cosine * cosine;
    const double next_sine = twice_cosine * sine - previous_sine, next_cosine = twice_cosine * cosine - previous_cosine;
    previous_sine = sine;
    sine = next_sine;
    previous_cosine = cosine;
    cosine = next_cosine;
  }
  *speed = pi * sqrt(fmax(slope / norm - mixed * mixed / (norm * norm), 0.0));
  return product * product / (norm * c->power);
}

static struct best compare(const struct components *c) {
  struct best best = {.drift_share = drift_share(c)};
  const int n_places = 4 * c->n;
  const double width = (1.0 - 2.0 * edge_share) / n_places;
  for (int k = 0; k < n_places; ++k) {
    const double x = edge_share + (k + 0.5) * width;
    double speed;
    const double share = step_share(c, x, &speed);
    best.length += speed * width;
    if (share <= best.step_share) continue;
    best.step_share = share;
    best.step_place = x;
  }
  return best;
}

/* Probability that one given direction holds more than 1 - rest of the power of n components: the incomplete beta
   function I_rest((n - 1) / 2, 1 / 2), by its recurrence over n in steps of two. */
static double direction_p(int n, double rest) {
  const bool is_even = n % 2 == 0;
  double p = is_even ? 2.0 / pi * asin(sqrt(rest)) : 1.0 - sqrt(1.0 - rest);
  double term = is_even ? 2.0 / pi * sqrt(rest * (1.0 - rest)) : 0.5 * rest * sqrt(1.0 - rest);
  for (int k = is_even ? 2 : 3; k < n; k += 2) {
    p -= term;
    term *= rest * (double)k / (double)(k + 1);
  }
  return fmax(p, 0.0);
}

/* Share of the power that is left; never none, of which there is no logarithm. */
static double rest_of(double share) { return fmax(1.0 - share, DBL_EPSILON); }

/* The drift lies so close to the steps in the middle that it adds nothing of its own. */
static double chance(const struct components *c, const struct best *best) {
  const double rest = rest_of(fmax(best->drift_share, best->step_share));
  return fmin(best->length / pi * pow(rest, 0.5 * c->n - 1.0) + direction_p(c->n, rest), 1.0);
}

/* The place of the step is a parameter more than a drift has: it must gain what Schwarz's criterion asks for it. */
static bool is_step(const struct components *c, const struct best *best) {
  return c->n * log(rest_of(best->drift_share) / rest_of(best->step_share)) > log((double)c->n);
}

/* Mean place of the spikes of a train whose rate grows by the factor exp(growth) over the places 0 to 1. */
static double mean_place(double growth) {
  return fabs(growth) < 1e-3 ? 0.5 + growth / 12.0 : -1.0 / expm1(-growth) - 1.0 / growth;
}

/* The likeliest factor of a Poisson process whose rate changes exponentially. */
static double fit_drift(dicrec__train train) {
  const double duration_ms = dicrec__train_covered_ms(train);
  double places = 0.5, low = -50.0, high = 50.0;
  struct joined joined = join(train);
  next_time(&joined); /* the first, which is 0 */
  for (size_t i = 1; i < train.n_intervals; ++i) places += next_time(&joined) / duration_ms;
  const double mean = places / (double)train.n_intervals;
  for (int k = 0; k < 60; ++k) { /* to the last bit */
    const double middle = 0.5 * (low + high);
    if (mean_place(middle) < mean) low = middle;
    else high = middle;
  }
  return exp(low);
}

/* When a joined time is in its segment. */
static double time_of(dicrec__train train, double joined_ms, int64_t *segment) {
  struct joined joined = join(train);
  for (size_t i = 0; i <= train.n_intervals; ++i)
    if (next_time(&joined) >= joined_ms) break;
  *segment = (int64_t)joined.n_entered - 1;
  return joined.first_ms + (joined_ms - joined.offset_ms);
}

/* The spike near the step as the components see it, or the place itself, where the count is furthest from even. */
static double fit_step(dicrec__train train, const struct components *c, double place, dicrec_spike_stationarity *s) {
  const double duration_ms = dicrec__train_covered_ms(train), n_intervals = (double)train.n_intervals;
  double before = 0.0, at = place, furthest = -1.0;
  struct joined joined = join(train);
  double x = next_time(&joined) / duration_ms;
  for (size_t i = 1; i <= train.n_intervals; ++i) {
    const double last_x = x;
    x = next_time(&joined) / duration_ms;
    const bool passes = last_x <= place && place < x;
    if (!passes && (fabs(x - place) * c->n > 1.0 || x < edge_share || x > 1.0 - edge_share)) continue;
    for (int k = passes ? 0 : 1; k < 2; ++k) { /* the place between two spikes, then the spike */
      const double count = k == 0 ? (double)(i - 1) + (place - last_x) / (x - last_x) : (double)i;
      const double y = k == 0 ? place : x, distance = fabs(count - n_intervals * y) / sqrt(y * (1.0 - y));
      if (!(distance > furthest) || y < edge_share || y > 1.0 - edge_share) continue;
      furthest = distance;
      before = count;
      at = y;
    }
  }
  s->step_ms = time_of(train, at * duration_ms, &s->step_segment);
  return (n_intervals - before) / (1.0 - at) / (before / at);
}

void dicrec__spike_stationarity(dicrec__train train, dicrec_spike_stationarity *s) {
  *s = (dicrec_spike_stationarity){
      .struct_size = sizeof *s, .p_value = NAN, .rate_factor = NAN, .step_ms = NAN, .step_segment = -1};
  dicrec__edge_silence(train, s);
  if (train.n_intervals < LEAST_INTERVALS) return;
  struct components c;
  take_components(&c, train);
  const struct best best = compare(&c);
  s->n_components = c.n;
  s->p_value = chance(&c, &best);
  s->change = is_step(&c, &best) ? DICREC_CHANGE_STEP : DICREC_CHANGE_DRIFT;
  if (s->change == DICREC_CHANGE_DRIFT) s->rate_factor = fit_drift(train);
  else s->rate_factor = fit_step(train, &c, best.step_place, s);
  s->drifts = s->p_value < drift_p && fabs(log(s->rate_factor)) > log(drift_factor);
}

dicrec_status dicrec_spikes_stationarity(const dicrec_spikes *spikes, dicrec_spike_stationarity *stationarity) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  dicrec_spike_stationarity whole;
  dicrec__spike_stationarity(spikes->train, &whole);
  const dicrec_status status = dicrec__struct_copy(&whole, sizeof whole, stationarity);
  if (status != DICREC_OK) return status;
  return dicrec__train_is_silent(spikes->train) ? DICREC_W_SILENT : DICREC_OK;
}
