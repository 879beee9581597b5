/* SPDX-License-Identifier: MIT */
#include "support/synthetic_model.h"

#include <math.h>

#define E_K  (-80.0)
#define E_CA 100.0

/* Curves that are made of others: a sum with a product in it, and a quotient. */
static const dicrec__curve kd_bend[] = {DICREC__CONSTANT(-5.0), DICREC__SIGMOID(-15.0, 45.0)};
static const dicrec__curve kd_tau[] = {DICREC__CONSTANT(6.2),
                                       {.kind = DICREC__CURVE_PRODUCT, .terms = kd_bend, .n = 2}};
static const dicrec__curve kd_opening[] = {DICREC__EXPONENTIAL(5.55, 1.0 / 28.0),
                                           DICREC__EXPONENTIAL(0.18, -1.0 / 28.0)};
static const dicrec__curve kd_steady[] = {DICREC__EXPONENTIAL(5.55, 1.0 / 28.0),
                                          {.kind = DICREC__CURVE_SUM, .terms = kd_opening, .n = 2}};

static const dicrec__channel channels[SYNTHETIC_CHANNELS] = {
    [SYNTHETIC_NA] =
        {.name = "Na",
         .reversal_mv = 50.0,
         .activation = {.kind = DICREC__GATE_RATES,
                        .power = 3,
                        .rates = {DICREC__LINOID(4.0, 0.1, 4.0, 0.1), DICREC__EXPONENTIAL(0.108, -1.0 / 18.0)}},
         .inactivation = {.kind = DICREC__GATE_RATES,
                          .power = 1,
                          .rates = {DICREC__EXPONENTIAL(0.00271, -1.0 / 20.0), DICREC__SIGMOID(-10.0, 35.0)}}},
    [SYNTHETIC_KD] = {.name = "Kd",
                      .reversal_mv = E_K,
                      .activation =
                          DICREC__GATE(4, .steady = {.kind = DICREC__CURVE_QUOTIENT, .terms = kd_steady, .n = 2},
                                       .tau = {.kind = DICREC__CURVE_SUM, .terms = kd_tau, .n = 2}),
                      .range = {20.0, 30.0}},
    [SYNTHETIC_CAT] = {.name = "CaT",
                       .reversal_mv = E_CA,
                       .activation = DICREC__GATE(3, DICREC__STEADY(-7.2, 27.1),
                                                  .tau = DICREC__SIGMOID_PRODUCT(4.0, -10.0, 90.0, 0.5, 8.0, 40.0)),
                       .inactivation = DICREC__GATE(1, DICREC__STEADY(5.5, 45.0),
                                                    .tau = DICREC__BELL(30.0, 80.0, 55.0, 9.0, 65.0, 16.0)),
                       .carries_calcium = true,
                       .range = {0.5, 1.0}},
    [SYNTHETIC_CAL] = {.name = "CaL",
                       .reversal_mv = E_CA,
                       .has_scheme = true,
                       .scheme = {.opening = DICREC__EXPONENTIAL(0.05, 0.06),
                                  .closing = DICREC__EXPONENTIAL(0.02, -0.05),
                                  .inactivating = DICREC__SIGMOID_FROM(0.001, 0.02, -8.0, 10.0),
                                  .recovering = DICREC__CONSTANT(0.01)},
                       .carries_calcium = true,
                       .range = {0.02, 0.06}},
    [SYNTHETIC_CAN] = {.name = "CaN", /* calcium opens what lets it in, by both gates */
                       .reversal_mv = E_CA,
                       .activation = DICREC__GATE(2, DICREC__STEADY(-8.0, 35.0), .tau = DICREC__CONSTANT(5.0),
                                                  .calcium_half_um = 3.0),
                       .inactivation =
                           DICREC__GATE(1, DICREC__STEADY(9.0, 30.0), DICREC__TAU_SIGMOID(60.0, -35.0, -12.0, 50.0),
                                        .calcium_half_um = 12.0),
                       .carries_calcium = true,
                       .range = {0.05, 0.15}},
    [SYNTHETIC_KCA] = {.name = "KCa",
                       .reversal_mv = E_K,
                       .activation =
                           DICREC__GATE(4, DICREC__STEADY(-12.6, 35.0), DICREC__TAU_SIGMOID(40.0, -30.0, -22.7, 46.0),
                                        .calcium_half_um = 3.0),
                       .inactivation = DICREC__GATE(2, DICREC__STEADY(12.0, 20.0), .tau = DICREC__CONSTANT(80.0)),
                       .range = {5.0, 15.0}},
    [SYNTHETIC_BK] = {.name = "BK",
                      .reversal_mv = E_K,
                      .activation = {.kind = DICREC__GATE_INSTANT,
                                     .power = 2,
                                     .steady = DICREC__SIGMOID(-12.0, 10.0),
                                     .calcium_half_um = 12.0},
                      .inactivation = DICREC__GATE(1, DICREC__STEADY(10.0, 40.0), .tau = DICREC__CONSTANT(15.0)),
                      .range = {2.0, 5.0}},
    [SYNTHETIC_SK] = {.name = "SK", /* by calcium alone */
                      .reversal_mv = E_K,
                      .activation = {.kind = DICREC__GATE_INSTANT,
                                     .power = 3,
                                     .steady = DICREC__CONSTANT(0.9),
                                     .calcium_half_um = 3.0},
                      .range = {0.02, 0.08}},
    [SYNTHETIC_NMDA] = {.name = "NMDA",
                        .activation = {.kind = DICREC__GATE_INSTANT, .power = 1, .steady = DICREC__BLOCK(0.14, -0.08)},
                        .range = {0.02, 0.08}},
    [SYNTHETIC_ERG] = {.name = "ERG",
                       .reversal_mv = E_K,
                       .has_scheme = true,
                       .scheme = {.opening = DICREC__EXPONENTIAL(0.0036, 0.0759),
                                  .closing = DICREC__EXPONENTIAL(1.2523e-5, -0.0671),
                                  .inactivating = DICREC__EXPONENTIAL(0.1, 0.1189),
                                  .recovering = DICREC__EXPONENTIAL(0.003, -0.0733)}},
    [SYNTHETIC_H] = {.name = "H",
                     .reversal_mv = -20.0,
                     .activation = {.kind = DICREC__GATE_TAU_OF_RATES,
                                    .power = 1,
                                    .steady = DICREC__SIGMOID(6.0, 70.0),
                                    .tau = DICREC__CONSTANT(20.0),
                                    .rates = {DICREC__EXPONENTIAL(0.0001, -0.05), DICREC__EXPONENTIAL(0.05, 0.05)}}},
    [SYNTHETIC_LEAK] = {.name = "leak", .reversal_mv = -54.4, .range = {0.2, 0.4}},
};

const dicrec__model_table synthetic_table = {
    .name = "synthetic",
    .description = "no cell's: every form that a table can have",
    .capacitance = 1.3,
    .channels = channels,
    .n_channels = SYNTHETIC_CHANNELS,
    .leak = SYNTHETIC_LEAK,
    .calcium = {.present = true, .tau_ms = 25.0, .gain = -0.9, .rest_um = 0.05, .initial_um = 0.8},
    .initial_v_mv = -65.0,
    .threshold_mv = -52.0,
    .fast = {.constant_ms = 0.4},
    .slow = {.channel = SYNTHETIC_KD},
    .ultraslow = {.constant_ms = 90.0},
    .compensation =
        {.spiking_channels = {SYNTHETIC_NA, SYNTHETIC_KD, SYNTHETIC_ERG},
         .spiking_point = {-15.0, 20.0, 0.8},
         .n_rules = 2,
         .rules = {{.below_g_s = 18.0, .below_g_u = INFINITY, .channels = {SYNTHETIC_CAT, SYNTHETIC_H}},
                   {.below_g_s = INFINITY, .below_g_u = INFINITY, .channels = {SYNTHETIC_KD, SYNTHETIC_ERG}}},
         .g_s_range = {15.0, 25.0},
         .g_u_range = {0.0, 3.0}},
    .t_end_ms = 1500.0,
    .t_skip_ms = 300.0,
};

const double synthetic_conductances[SYNTHETIC_CHANNELS] = {
    [SYNTHETIC_NA] = 120.0,  [SYNTHETIC_KD] = 25.0,  [SYNTHETIC_CAT] = 0.8, [SYNTHETIC_CAL] = 0.04,
    [SYNTHETIC_CAN] = 0.1,   [SYNTHETIC_KCA] = 10.0, [SYNTHETIC_BK] = 3.0,  [SYNTHETIC_SK] = 0.05,
    [SYNTHETIC_NMDA] = 0.05, [SYNTHETIC_ERG] = 0.1,  [SYNTHETIC_H] = 0.05,  [SYNTHETIC_LEAK] = 0.3,
};
