/* SPDX-License-Identifier: MIT */
/**
 * @file da.c
 * Midbrain dopaminergic neuron: kinetics of Qian et al., J Neurophysiol 112:2779 (2014) and Drion et al., PLoS
 * Comput Biol 7:e1002050 (2011); ranges, spiking point and pairs of Brandoit et al., arXiv:2509.12783.
 */
#include <math.h>

#include "models/table.h"

enum { NA, KD, CAL, CAN, ERG, NMDA, LEAK, N_CHANNELS };

/* Reversal potentials, mV. */
#define E_NA   60.0
#define E_K    (-85.0)
#define E_CA   60.0
#define E_NMDA 0.0
#define E_LEAK (-50.0)

static const dicrec__channel channels[N_CHANNELS] = {
    [NA] = {.name = "Na",
            .reversal_mv = E_NA,
            .activation = {.kind = DICREC__GATE_TAU_OF_RATES,
                           .power = 3,
                           DICREC__STEADY(-9.7264, 30.0907),
                           .tau = DICREC__CONSTANT(0.01),
                           .rates = {DICREC__LINOID(15.6504, 0.4043, 19.565, 0.5052),
                                     DICREC__EXPONENTIAL(3.0212, -0.007463)}},
            .inactivation = {.kind = DICREC__GATE_TAU_OF_RATES,
                             .power = 1,
                             DICREC__STEADY(10.7665, 54.0289),
                             .tau = DICREC__CONSTANT(0.4),
                             .rates = {DICREC__EXPONENTIAL(0.00050754, -0.063213),
                                       DICREC__EXPONENTIAL(9.7529, 0.13442)}}},
    [KD] = {.name = "Kd",
            .reversal_mv = E_K,
            .activation = DICREC__GATE(3, DICREC__STEADY(-12.0, 25.0), DICREC__TAU_SIGMOID(20.0, -18.0, -10.0, 38.0)),
            .range = {6.0, 10.0}},
    [CAL] = {.name = "CaL",
             .reversal_mv = E_CA,
             .activation = DICREC__GATE(2, DICREC__STEADY(-2.0, 50.0), DICREC__TAU_SIGMOID(30.0, -28.0, -3.0, 45.0)),
             .range = {0.015, 0.075}},
    [CAN] = {.name = "CaN",
             .reversal_mv = E_CA,
             .activation = DICREC__GATE(1, DICREC__STEADY(-7.0, 30.0), DICREC__TAU_SIGMOID(30.0, -25.0, -6.0, 55.0))},
    [ERG] = {.name = "ERG",
             .reversal_mv = E_K,
             .has_scheme = true,
             .scheme = {.opening = DICREC__EXPONENTIAL(0.0036, 0.0759),
                        .closing = DICREC__EXPONENTIAL(1.2523e-5, -0.0671),
                        .inactivating = DICREC__EXPONENTIAL(0.1, 0.1189),
                        .recovering = DICREC__EXPONENTIAL(0.003, -0.0733)}},
    [NMDA] = {.name = "NMDA", /* block by 1.4 mM magnesium */
              .reversal_mv = E_NMDA,
              .activation = {.kind = DICREC__GATE_INSTANT, .power = 1, .steady = DICREC__BLOCK(1.4 / 10.0, -0.08)},
              .range = {0.012, 0.012}},
    [LEAK] = {.name = "leak", .reversal_mv = E_LEAK, .range = {0.0087, 0.017}},
};

const dicrec__model_table dicrec__da_table = {
    .name = "da",
    .description = "midbrain dopaminergic neuron (Qian et al., J Neurophysiol 112:2779, 2014)",
    .capacitance = 1.0,
    .channels = channels,
    .n_channels = N_CHANNELS,
    .leak = LEAK,
    .initial_v_mv = -90.0,
    .threshold_mv = -55.5,
    .fast = {.channel = NA},
    .slow = {.channel = KD},
    .ultraslow = {.constant_ms = 100.0},
    .compensation = {.spiking_channels = {NA, CAN, ERG},
                     .spiking_point = {-12.95, 0.5, 5.0},
                     .n_rules =
                         3, /* the third reaches targets of small g_u, where the others would need a negative ERG */
                     .rules = {{.below_g_s = 0.0, .below_g_u = INFINITY, .channels = {ERG, CAL}},
                               {.below_g_s = INFINITY, .below_g_u = INFINITY, .channels = {ERG, KD}},
                               {.below_g_s = INFINITY, .below_g_u = INFINITY, .channels = {KD, CAL}}},
                     .g_s_range = {-10.0, 15.0},
                     .g_u_range = {0.0, 20.0}},
    .t_end_ms = 12000.0,
    .t_skip_ms = 3000.0,
};
