/* SPDX-License-Identifier: MIT */
/**
 * @file stg.c
 * Stomatogastric ganglion neuron: kinetics of Liu et al., J Neurosci 18:2309 (1998); time scales of the DICs from
 * Drion et al., eNeuro 2 (2015); ranges, spiking point and pairs of Brandoit et al., arXiv:2509.12783.
 */
#include <math.h>

#include "models/table.h"

enum { NA, KD, CAT, CAS, KCA, A, H, LEAK, N_CHANNELS };

/* Reversal potentials, mV. */
#define E_NA   50.0
#define E_K    (-80.0)
#define E_CA   80.0
#define E_H    (-20.0)
#define E_LEAK (-50.0)

static const dicrec__channel channels[N_CHANNELS] = {
    [NA] = {.name = "Na",
            .reversal_mv = E_NA,
            .activation = DICREC__GATE(3, DICREC__STEADY(-5.29, 25.5), DICREC__TAU_SIGMOID(1.32, -1.26, -25.0, 120.0)),
            .inactivation = DICREC__GATE(1, DICREC__STEADY(5.18, 48.9),
                                         .tau = DICREC__SIGMOID_PRODUCT(0.67, -10.0, 62.9, 1.5, 3.6, 34.9))},
    [KD] = {.name = "Kd",
            .reversal_mv = E_K,
            .activation = DICREC__GATE(4, DICREC__STEADY(-11.8, 12.3), DICREC__TAU_SIGMOID(7.2, -6.4, -19.2, 28.3)),
            .range = {70.0, 140.0}},
    [CAT] = {.name = "CaT",
             .reversal_mv = E_CA,
             .activation = DICREC__GATE(3, DICREC__STEADY(-7.2, 27.1), DICREC__TAU_SIGMOID(21.7, -21.3, -20.5, 68.1)),
             .inactivation = DICREC__GATE(1, DICREC__STEADY(5.5, 32.1), DICREC__TAU_SIGMOID(105.0, -89.8, -16.9, 55.0)),
             .carries_calcium = true,
             .range = {3.0, 7.0}},
    [CAS] = {.name = "CaS",
             .reversal_mv = E_CA,
             .activation =
                 DICREC__GATE(3, DICREC__STEADY(-8.1, 33.0), .tau = DICREC__BELL(1.4, 7.0, 27.0, 10.0, 70.0, 13.0)),
             .inactivation =
                 DICREC__GATE(1, DICREC__STEADY(6.2, 60.0), .tau = DICREC__BELL(60.0, 150.0, 55.0, 9.0, 65.0, 16.0)),
             .carries_calcium = true,
             .range = {6.0, 22.0}},
    [KCA] = {.name = "KCa",
             .reversal_mv = E_K,
             .activation = DICREC__GATE(4, DICREC__STEADY(-12.6, 28.3), DICREC__TAU_SIGMOID(90.3, -75.1, -22.7, 46.0),
                                        .calcium_half_um = 3.0),
             .range = {140.0, 180.0}},
    [A] = {.name = "A",
           .reversal_mv = E_K,
           .activation = DICREC__GATE(3, DICREC__STEADY(-8.7, 27.2), DICREC__TAU_SIGMOID(11.6, -10.4, -15.2, 32.9)),
           .inactivation = DICREC__GATE(1, DICREC__STEADY(4.9, 56.9), DICREC__TAU_SIGMOID(38.6, -29.2, -26.5, 38.9))},
    [H] = {.name = "H",
           .reversal_mv = E_H,
           .activation = DICREC__GATE(1, DICREC__STEADY(6.0, 70.0), DICREC__TAU_SIGMOID(272.0, 1499.0, -8.73, 42.2))},
    [LEAK] = {.name = "leak", .reversal_mv = E_LEAK, .range = {0.007, 0.014}},
};

const dicrec__model_table dicrec__stg_table = {
    .name = "stg",
    .description = "stomatogastric ganglion neuron (Liu et al., J Neurosci 18:2309, 1998)",
    .capacitance = 1.0,
    .channels = channels,
    .n_channels = N_CHANNELS,
    .leak = LEAK,
    .calcium = {.present = true, .tau_ms = 20.0, .gain = -0.94, .rest_um = 0.05, .initial_um = 0.5},
    .initial_v_mv = -70.0,
    .threshold_mv = -51.0,
    .fast = {.channel = NA},
    .slow = {.channel = KD},
    .ultraslow = {.channel = H},
    .compensation = {.spiking_channels = {NA, A, H},
                     .spiking_point = {-6.2, 4.0, 5.0},
                     .n_rules = 3,
                     .rules = {{.below_g_s = INFINITY, .below_g_u = 0.0, .channels = {CAS, A}, .start = {34.12, -2.33}},
                               {.below_g_s = 0.0, .below_g_u = INFINITY, .channels = {CAS, H}, .start = {34.12, -2.33}},
                               {.below_g_s = INFINITY, .below_g_u = INFINITY, .channels = {A, H}}},
                     .g_s_range = {-20.0, 20.0},
                     .g_u_range = {0.0, 20.0}},
    .t_end_ms = 6000.0,
    .t_skip_ms = 3000.0,
};
