/* SPDX-License-Identifier: MIT */
/**
 * @file option_rows.h
 * Options that several commands share: same words, same meaning everywhere.
 */
#ifndef DICREC_CLI_OPTION_ROWS_H
#define DICREC_CLI_OPTION_ROWS_H

#include "commands/option_spec.h"

#define OPTION_ROW_MODEL                                                                                               \
  {                                                                                                                    \
    .name = "model", .letter = 'm', .kind = OPTION_TEXT, .traits = OPTION_REQUIRED, .value = "NAME",                   \
    .help = "neuron model: one that 'dicrec models' lists, or a file, *.json or with a slash"                          \
  }
#define OPTION_ROW_MEMBERS(help_text)                                                                                  \
  {                                                                                                                    \
    .name = "members", .letter = 'n', .kind = OPTION_COUNT, .value = "N", .limits = OWN_LIMITS(16, 1, 1e8),            \
    .help = help_text                                                                                                  \
  }
#define OPTION_ROW_SEED(help_text)                                                                                     \
  {                                                                                                                    \
    .name = "seed", .kind = OPTION_COUNT, .value = "S", .limits = OWN_LIMITS(1, 0, 18446744073709551616.0),            \
    .help = help_text                                                                                                  \
  }
/* Streams are numbered below 2^53, which doubles hold. */
#define OPTION_ROW_FIRST_MEMBER(options, instead_text, help_text)                                                      \
  {                                                                                                                    \
    .name = "first-member", .kind = OPTION_COUNT, .value = "N", .limits = OWN_LIMITS(0, 0, 9007199254740991.0),        \
    .field = FIELD_OF(options, first_member), .instead = instead_text, .help = help_text                               \
  }
#define OPTION_ROW_THREADS                                                                                             \
  {                                                                                                                    \
    .name = "threads", .kind = OPTION_COUNT, .value = "N", .limits = OWN_LIMITS(0, 0, DICREC_MAX_THREADS),             \
    .help = "worker threads, 0 for all processors; results do not depend on it"                                        \
  }
#define OPTION_ROW_UNIT                                                                                                \
  { .name = "unit", .kind = OPTION_CHOICE, .value = "U", .words = UNIT_WORDS, .help = "unit of the spike times" }
#define OPTION_ROW_WEIGHTS                                                                                             \
  {                                                                                                                    \
    .name = "weights", .kind = OPTION_TEXT, .traits = OPTION_READ, .value = "FILE",                                    \
    .help = "safetensors file of trained weights, instead of the built-in ones"                                        \
  }
#define OPTION_ROW_AUTO_SCALE                                                                                          \
  {                                                                                                                    \
    .name = "time-scale", .kind = OPTION_NUMBER, .value = "X", .words = TIME_SCALE_WORDS,                              \
    OPTION_SETS(estimate, time_scale), .help = "how much slower than the model the recorded preparation is"            \
  }
#define OPTION_ROW_OUTPUT                                                                                              \
  {                                                                                                                    \
    .name = "output", .letter = 'o', .kind = OPTION_TEXT, .traits = OPTION_WRITTEN, .value = "FILE",                   \
    .help = "write there, whole or not at all, instead of the standard output; symbolic links are followed, of hard "  \
            "links only this name gets the new file"                                                                   \
  }
#define OPTION_ROW_QUIET                                                                                               \
  { .name = "quiet", .letter = 'q', .kind = OPTION_FLAG, .help = "no progress bar, no warnings" }
#define OPTION_ROW_HELP                                                                                                \
  { .name = "help", .letter = 'h', .kind = OPTION_FLAG, .help = "show this help" }
#define OPTION_ROW_END                                                                                                 \
  { .name = NULL }

#endif
