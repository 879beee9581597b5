/* SPDX-License-Identifier: MIT */
/**
 * @file option_spec.h
 * One option of a command: what its value may be, what is taken without it, and what it sets.
 */
#ifndef DICREC_CLI_OPTION_SPEC_H
#define DICREC_CLI_OPTION_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "commands/option_fields.h"
#include "commands/option_limits.h"
#include "commands/option_words.h"
#include "tables/text_buffer.h"

/** What the value of an option may be. */
typedef enum option_kind {
  OPTION_FLAG,   /* no value */
  OPTION_TEXT,   /* any text but the empty one */
  OPTION_COUNT,  /* whole number within the limits */
  OPTION_NUMBER, /* finite number within the limits, or one of `words` */
  OPTION_CHOICE  /* one of `words` */
} option_kind;

/** Traits of an option. */
enum {
  OPTION_REQUIRED = 1, /* must be given */
  OPTION_REPEATED = 2, /* may be given more than once; elsewhere the last one counts */
  OPTION_POSITIVE = 4, /* numbers are above 0, whatever the limits */
  OPTION_READ = 8,     /* path of a file that is read */
  OPTION_WRITTEN = 16  /* path of a file that is written */
};

/** One option; the table ends with an option without a name. */
typedef struct option_spec {
  const char *name; /* long name, without the dashes */
  char letter;      /* short name, or 0 */
  option_kind kind;
  unsigned traits;
  const char *value;                /* placeholder of the value in the help */
  const option_word *words;         /* allowed words, the default first unless limits say otherwise */
  const option_limits *limits;      /* of the number, or of the words' constants; NULL: none, and no default */
  const option_limits *word_limits; /* of a number with words: its default is a word if this one's is */
  option_field field;               /* that a number, a count, a choice or a flag sets when it is given */
  const char *instead;              /* what the default gives way to, "the row's time_scale", or NULL */
  const char *help;
} option_spec;

/** An option that sets a field of dicrec_<options>_options, within its limits. */
#define OPTION_SETS(options, member) .limits = LIMITS_OF(options, member), .field = FIELD_OF(options, member)

/** One value that was given. */
typedef struct option_value {
  const option_spec *option;
  const char *text;
  const option_word *word; /* NULL where a number was given */
  uint64_t count;
  double number;
} option_value;

/** Read a value; false if the option does not allow it. */
bool option_read(const option_spec *option, const char *text, option_value *value);

/** The word that counts where the option is not given, or NULL. */
const option_word *option_default_word(const option_spec *option);

/** Whether a number is one that the option allows. */
bool option_number_is_allowed(const option_spec *option, double value);

/** What the value of an option may be, in words: "a whole number from LEAST to MOST". */
void option_describe(text_buffer *text, const option_spec *option);

/** What counts where the option is not given: "default N"; nothing if there is nothing to say. */
void option_describe_default(text_buffer *text, const option_spec *option);

#endif
