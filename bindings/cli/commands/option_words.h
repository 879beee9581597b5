/* SPDX-License-Identifier: MIT */
/**
 * @file option_words.h
 * The words that stand for constants of the library on the command line.
 */
#ifndef DICREC_CLI_OPTION_WORDS_H
#define DICREC_CLI_OPTION_WORDS_H

#include <stdint.h>

#include "tables/text_buffer.h"

/** A word and the constant that it stands for; a list of them ends with a word that is NULL. */
typedef struct option_word {
  const char *word;
  int32_t value;
  const char *meaning; /* for the help, or NULL where the word says it all */
} option_word;

extern const option_word LEAK_WORDS[], NOISE_WORDS[], SCREENING_WORDS[], SELECTION_WORDS[], SOLVER_WORDS[],
    TARGET_WORDS[], TIME_SCALE_WORDS[], TRACE_WORDS[], TRACE_STEP_WORDS[], UNIT_WORDS[];

/** The entry of a word, or NULL; `words` may be NULL. */
const option_word *find_word(const option_word *words, const char *word);

/** The entry of a constant, or NULL. */
const option_word *find_word_of(const option_word *words, int32_t value);

/** Append "a|b|c". */
void append_words(text_buffer *text, const option_word *words);

#endif
