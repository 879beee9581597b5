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
static void take_components(struct components *c, const double *times, size_t n) {
  const double begin = times[0], duration_ms = times[n - 1] - begin;
  c->n = component_count(n - 1);
  for (int j = 0; j <= c->n; ++j) c->a[j] = 0.0;
  for (size_t i = 0; i < n; i += N_LANES) {
    double cosines[N_LANES], first[N_LANES], second[N_LANES];
    for (size_t l = 0; l < N_LANES; ++l) {
      const size_t k = i + l;
      first[l] = k >= n ? 0.0 : k == 0 || k == n - 1 ? 0.5 : 1.0;
      cosines[l] = k < n ? cos(pi * ((times[k] - begin) / duration_ms)) : 0.0;
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
static double fit_drift(const double *times, size_t n) {
  const double duration_ms = times[n - 1] - times[0];
  double places = 0.5, low = -50.0, high = 50.0;
  for (size_t i = 1; i + 1 < n; ++i) places += (times[i] - times[0]) / duration_ms;
  const double mean = places / (double)(n - 1);
  for (int k = 0; k < 60; ++k) { /* to the last bit */
    const double middle = 0.5 * (low + high);
    if (mean_place(middle) < mean) low = middle;
    else high = middle;
  }
  return exp(low);
}

/* The spike near the step as the components see it, or the place itself, where the count is furthest from even. */
static double fit_step(const double *times, size_t n, const struct components *c, double place, double *step_ms) {
  const double duration_ms = times[n - 1] - times[0], n_intervals = (double)(n - 1);
  double before = 0.0, at = place, furthest = -1.0;
  for (size_t i = 1; i < n; ++i) {
    const double x = (times[i] - times[0]) / duration_ms, last_x = (times[i - 1] - times[0]) / duration_ms;
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
  *step_ms = times[0] + at * duration_ms;
  return (n_intervals - before) / (1.0 - at) / (before / at);
}

void dicrec__spike_stationarity(const double *times, size_t n, dicrec_spike_stationarity *s) {
  *s = (dicrec_spike_stationarity){.struct_size = sizeof *s, .p_value = NAN, .rate_factor = NAN, .step_ms = NAN};
  if (n < LEAST_INTERVALS + 1) return;
  struct components c;
  take_components(&c, times, n);
  const struct best best = compare(&c);
  s->n_components = c.n;
  s->p_value = chance(&c, &best);
  s->change = is_step(&c, &best) ? DICREC_CHANGE_STEP : DICREC_CHANGE_DRIFT;
  if (s->change == DICREC_CHANGE_DRIFT) s->rate_factor = fit_drift(times, n);
  else s->rate_factor = fit_step(times, n, &c, best.step_place, &s->step_ms);
  s->drifts = s->p_value < drift_p && fabs(log(s->rate_factor)) > log(drift_factor);
}

dicrec_status dicrec_spikes_stationarity(const dicrec_spikes *spikes, dicrec_spike_stationarity *stationarity) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  dicrec_spike_stationarity whole;
  dicrec__spike_stationarity(spikes->times_ms, spikes->n, &whole);
  const dicrec_status status = dicrec__struct_copy(&whole, sizeof whole, stationarity);
  if (status != DICREC_OK) return status;
  return spikes->n < 3 ? DICREC_W_SILENT : DICREC_OK;
}
