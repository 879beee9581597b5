/* SPDX-License-Identifier: MIT */
/**
 * @file format.h
 * What a weight file and those who make it must agree on, as docs/weights.md explains it: names, order of numbers,
 * bounds. Training reads this very file (bindings/training/dicrec_training/format.py): it holds texts, numbers and
 * anonymous enums, one a line.
 */
#ifndef DICREC_NETWORK_FORMAT_H
#define DICREC_NETWORK_FORMAT_H

/** The metadata say format = this. */
#define DICREC__FORMAT "dicrec-estimator-3"

/* Layers NAME.0, NAME.1 ..., each with tensors .weight and .bias; of the flow NAME.k.0 ... for coordinate k. */
#define DICREC__LAYER_WEIGHT  ".weight"
#define DICREC__LAYER_BIAS    ".bias"
#define DICREC__LAYER_EMBED   "embed"
#define DICREC__LAYER_CODE    "code"
#define DICREC__LAYER_HEAD    "head"
#define DICREC__LAYER_CLASS   "class"
#define DICREC__LAYER_SUPPORT "support"
#define DICREC__LAYER_FLOW    "flow"
#define DICREC__LAYER_STEADY  "forward.steady.layer"
#define DICREC__LAYER_NOISY   "forward.noisy.layer"

/* Other tensors. */
#define DICREC__INPUT_SCALE          "input.scale"
#define DICREC__PATTERN_CENTER       "pattern.center"
#define DICREC__PATTERN_SCALE        "pattern.scale"
#define DICREC__SILENT_MIXTURE       "silent.mixture"
#define DICREC__TARGET_CENTER        "target.center"
#define DICREC__TARGET_SCALE         "target.scale"
#define DICREC__TARGET_RANGE         "target.range"
#define DICREC__NOISE_RANGE          "noise.range"
#define DICREC__SUPPORT_MEAN         "support.mean"
#define DICREC__SUPPORT_PROJECTION   "support.projection"
#define DICREC__SUPPORT_PROTOTYPES   "support.prototypes"
#define DICREC__SUPPORT_DISTANCES    "support.distances"
#define DICREC__SUPPORT_ODDS         "support.odds"
#define DICREC__SUPPORT_LEAST        "support.least"
#define DICREC__FORWARD              "forward." /* all of the forward networks begin with it */
#define DICREC__FORWARD_OFFSET       "forward.input.offset"
#define DICREC__FORWARD_CENTER       "forward.input.center"
#define DICREC__FORWARD_SCALE        "forward.input.scale"
#define DICREC__FORWARD_DURATION     "forward.input.duration"
#define DICREC__FORWARD_LEAST_SPREAD "forward.least_spread"

/* Numbers of DICREC__INPUT_SCALE. */
enum {
  DICREC__INTERVAL_CENTER, /**< of the logarithm of an interval, ms */
  DICREC__INTERVAL_SCALE,
  DICREC__COUNT_CENTER, /**< of the logarithm of the number of intervals */
  DICREC__COUNT_SCALE,
  DICREC__SHORTEST,   /**< shortest interval; shorter ones count as it, ms */
  DICREC__MOST_COUNT, /**< largest count; larger ones count as it */
  DICREC__RESOLUTION, /**< steps in which times are read, ms */
  DICREC__INPUT_NUMBERS
};

/* Blocks of a mixture's numbers, each with one number of every component: of the Gaussian with covariance L L' over
   (g_s, g_u), and of the noise. */
enum {
  DICREC__HEAD_LOGIT,
  DICREC__HEAD_MEAN_S,
  DICREC__HEAD_MEAN_U,
  DICREC__HEAD_LOG_L11,
  DICREC__HEAD_L21,
  DICREC__HEAD_LOG_L22,
  DICREC__HEAD_NOISELESS, /**< logit of no noise */
  DICREC__HEAD_NOISE_MEAN,
  DICREC__HEAD_NOISE_LOG, /**< logarithm of the deviation */
  DICREC__HEAD_PER_PART
};

/* Blocks of the law of a coordinate of the base draw, likewise. */
enum {
  DICREC__FLOW_LOGIT,
  DICREC__FLOW_MEAN,
  DICREC__FLOW_LOG, /**< logarithm of the deviation */
  DICREC__FLOW_PER_PART
};

/* What a coordinate of the base draw is given between the code and the coordinates before it. */
enum {
  DICREC__GIVEN_S,
  DICREC__GIVEN_U,
  DICREC__GIVEN_IS_NOISY, /**< 1 or 0 */
  DICREC__GIVEN_NOISE,    /**< place in the range of the noise, 0 without any */
  DICREC__N_GIVEN
};

/* Hidden layers of a forward network. */
#define DICREC__FORWARD_HIDDEN 3

/* Most that standardised numbers are from 0: logarithms of intervals, numbers of a pattern, inputs of the forward
   networks. What is farther was not trained. */
#define DICREC__MOST_INTERVAL 20.0
#define DICREC__MOST_NUMBER   10.0
#define DICREC__MOST_FORWARD  5.0

/** Added to the variance of a unit over the windows of a train. */
#define DICREC__VARIANCE_FLOOR 1e-6

/* Bounds of logarithms of deviations, and of that of the noise. */
#define DICREC__LEAST_LOG       (-9.0)
#define DICREC__MOST_LOG        5.0
#define DICREC__LEAST_NOISE_LOG (-5.0)
#define DICREC__MOST_NOISE_LOG  3.0

/** Of n quantiles that the support is measured by, the tail is fitted to the last n / this. */
#define DICREC__TAIL_PART 64

/** Share of neurons without noise, in training and where nothing is known. */
#define DICREC__NOISELESS_SHARE 0.25

/* What there is room for: intervals of a window, components of a mixture, axes of the support. */
#define DICREC__MAX_WINDOW       16
#define DICREC__MAX_COMPONENTS   64
#define DICREC__SUPPORT_MAX_AXES 128

#endif
