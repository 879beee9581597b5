/* SPDX-License-Identifier: MIT */
/**
 * @file command_options.h
 * A command as a table of its options: parsing, defaults and help all come from that table.
 */
#ifndef DICREC_CLI_COMMAND_OPTIONS_H
#define DICREC_CLI_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"
#include "tables/text_buffer.h"

/** What the value of an option may be. */
typedef enum option_kind {
  OPTION_FLAG,   /* no value */
  OPTION_TEXT,   /* any text but the empty one */
  OPTION_COUNT,  /* whole number from `least` to `most` */
  OPTION_NUMBER, /* finite number from `lowest` to `highest`, or one of `words` */
  OPTION_CHOICE  /* one of `words` */
} option_kind;

/** Traits of an option. */
enum {
  OPTION_REQUIRED = 1, /* must be given */
  OPTION_REPEATED = 2, /* may be given more than once; elsewhere the last one counts */
  OPTION_ABOVE = 4,    /* `lowest` itself is not allowed */
  OPTION_READ = 8,     /* path of a file that is read */
  OPTION_WRITTEN = 16  /* path of a file that is written */
};

/** One option; the table ends with an option without a name. */
typedef struct option_spec {
  const char *name; /* long name, without the dashes */
  char letter;      /* short name, or 0 */
  option_kind kind;
  unsigned traits;
  const char *value;    /* placeholder of the value in the help */
  const char *fallback; /* default, as it would be typed, or NULL */
  const char *words;    /* allowed words, "a|b" */
  uint64_t least, most;
  double lowest, highest;
  const char *help;
} option_spec;

typedef struct arguments arguments;

/** One command of the program. */
typedef struct command_spec {
  const char *name;
  const char *operand; /* name of the input file in the help, or NULL: the command has none */
  const char *summary; /* one line */
  const char *details; /* more lines of help, or NULL */
  const option_spec *options;
  int (*run)(const arguments *given);
} command_spec;

/** One value that was given, or the default of an option that was not. */
typedef struct option_value {
  const option_spec *option;
  const char *text;
  uint64_t count;
  double number; /* NaN where a word was given */
  bool is_default;
} option_value;

/** A parsed command line. */
struct arguments {
  const command_spec *command;
  const char *operand; /* NULL: not given */
  option_value *values;
  size_t n_values;
  size_t capacity;
};

/** Parse what follows the command's name; usage errors end in fail_usage(). */
void arguments_parse(arguments *parsed, const command_spec *command, int n, char **words);

/** Give the memory back. */
void arguments_free(arguments *parsed);

/** The value of an option that counts: the last one given, else the default, else NULL. */
const option_value *argument_value(const arguments *parsed, const char *name);

/** The next value of a repeated option after `previous` (NULL: the first), or NULL. */
const option_value *argument_next(const arguments *parsed, const char *name, const option_value *previous);

/** Whether the option stands on the command line. */
bool argument_given(const arguments *parsed, const char *name);

/** The text of an option, or NULL. */
const char *argument_text(const arguments *parsed, const char *name);

/** The number of an option, or 0, which is the library's word for "default". */
double argument_number(const arguments *parsed, const char *name);

/** The whole number of an option, or 0. */
uint64_t argument_count(const arguments *parsed, const char *name);

/** Position of an option's word among its allowed words; -1 for a number. */
int32_t argument_choice(const arguments *parsed, const char *name);

/** fail() with the command's name and a pointer to its help. */
_Noreturn void fail_usage(const command_spec *command, const char *format, ...) PRINTF_LIKE(2, 3);

/** The option of a command by its name, which must be one of them. */
const option_spec *command_option(const command_spec *command, const char *name);

/** Whether a number is one that the option allows. */
bool option_number_is_allowed(const option_spec *option, double value);

/** What the value of an option may be, in words: "a whole number from 1 to 9". */
void option_describe(text_buffer *text, const option_spec *option);

/** Append the help of a command. */
void command_help(text_buffer *text, const command_spec *command);

/* Rows that several commands share: same words, same options everywhere. */
#define OPTION_ROW_MODEL                                                                                               \
  {                                                                                                                    \
    .name = "model", .letter = 'm', .kind = OPTION_TEXT, .traits = OPTION_REQUIRED, .value = "NAME",                   \
    .help = "neuron model, as listed by 'dicrec models'"                                                               \
  }
#define OPTION_ROW_MEMBERS(help_text)                                                                                  \
  {                                                                                                                    \
    .name = "members", .letter = 'n', .kind = OPTION_COUNT, .value = "N", .fallback = "16", .least = 1,                \
    .most = 100000000, .help = help_text                                                                               \
  }
#define OPTION_ROW_SEED(help_text)                                                                                     \
  { .name = "seed", .kind = OPTION_COUNT, .value = "S", .fallback = "1", .most = UINT64_MAX, .help = help_text }
/* Streams are numbered below 2^53, which doubles hold. */
#define OPTION_ROW_FIRST_MEMBER(help_text)                                                                             \
  { .name = "first-member", .kind = OPTION_COUNT, .value = "N", .most = ((uint64_t)1 << 53) - 1, .help = help_text }
#define OPTION_ROW_THREADS                                                                                             \
  {                                                                                                                    \
    .name = "threads", .kind = OPTION_COUNT, .value = "N", .fallback = "0", .most = 256,                               \
    .help = "worker threads, 0 for all processors; results do not depend on it"                                        \
  }
#define OPTION_ROW_UNIT                                                                                                \
  {                                                                                                                    \
    .name = "unit", .kind = OPTION_CHOICE, .value = "U", .fallback = "ms", .words = "ms|s",                            \
    .help = "unit of the spike times"                                                                                  \
  }
#define OPTION_ROW_WEIGHTS                                                                                             \
  {                                                                                                                    \
    .name = "weights", .kind = OPTION_TEXT, .traits = OPTION_READ, .value = "FILE",                                    \
    .help = "safetensors file of trained weights, instead of the built-in ones"                                        \
  }
#define OPTION_ROW_AUTO_SCALE                                                                                          \
  {                                                                                                                    \
    .name = "time-scale", .kind = OPTION_NUMBER, .value = "X", .fallback = "1", .words = "auto", .lowest = 0.01,       \
    .highest = 100, .help = "how much slower than the model the recorded preparation is"                               \
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
