/* SPDX-License-Identifier: MIT */
#include "support/hodgkin_huxley.h"

static const dicrec__channel channels[HH_CHANNELS] = {
    [HH_NA] = {.name = "Na",
               .reversal_mv = 50.0,
               .activation = {.kind = DICREC__GATE_RATES,
                              .power = 3,
                              .rates = {DICREC__LINOID(4.0, 0.1, 4.0, 0.1),
                                        DICREC__EXPONENTIAL(0.10808722380483625, -1.0 / 18.0)}}, /* 4 exp(-65/18) */
               .inactivation = {.kind = DICREC__GATE_RATES,
                                .power = 1,
                                .rates = {DICREC__EXPONENTIAL(0.002714194548220541, -1.0 / 20.0), /* 0.07 exp(-65/20) */
                                          DICREC__SIGMOID(-10.0, 35.0)}}},
    [HH_K] = {.name = "K",
              .reversal_mv = -77.0,
              .activation = {.kind = DICREC__GATE_RATES,
                             .power = 4,
                             .rates = {DICREC__LINOID(0.55, 0.01, 5.5, 0.1),
                                       DICREC__EXPONENTIAL(0.055468413760134984,
                                                           -1.0 / 80.0)}}}, /* 0.125 exp(-65/80) */
    [HH_LEAK] = {.name = "leak", .reversal_mv = -54.387},
};

const dicrec__model_table hodgkin_huxley_table = {
    .name = "hodgkin-huxley",
    .description = "squid giant axon (Hodgkin and Huxley, J Physiol 117:500, 1952)",
    .capacitance = 1.0,
    .channels = channels,
    .n_channels = HH_CHANNELS,
    .leak = HH_LEAK,
    .initial_v_mv = -65.0,
    .threshold_mv = -55.0,
    .fast = {.channel = HH_NA},
    .slow = {.channel = HH_K},
    .ultraslow = {.constant_ms = 100.0},
    .t_end_ms = 1000.0,
    .t_skip_ms = 200.0,
};

const double hodgkin_huxley_conductances[HH_CHANNELS] = {120.0, 36.0, 0.3};
