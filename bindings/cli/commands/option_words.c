/* SPDX-License-Identifier: MIT */
/**
 * @file option_words.c
 * The words that stand for constants of the library: its own, where it has lists of them.
 */
#include "commands/option_words.h"

#include <dicrec.h>
#include <string.h>

#define OPTION_WORD(name, constant, word_text, text) {.word = word_text, .value = constant, .meaning = text},
#define END                                                                                                            \
  { .word = NULL }
const option_word LEAK_WORDS[] = {DICREC_LEAK_LIST(OPTION_WORD) END};
const option_word SCREENING_WORDS[] = {DICREC_SCREENING_LIST(OPTION_WORD) END};
const option_word SELECTION_WORDS[] = {DICREC_SELECTION_LIST(OPTION_WORD) END};
const option_word SOLVER_WORDS[] = {DICREC_SOLVER_LIST(OPTION_WORD) END};
const option_word TARGET_WORDS[] = {DICREC_TARGET_LIST(OPTION_WORD) END};
const option_word TRACE_WORDS[] = {DICREC_TRACE_LIST(OPTION_WORD) END};

/* Beside numbers, which are a fixed noise too. */
const option_word NOISE_WORDS[] = {{"auto", DICREC_NOISE_AUTO, NULL}, {"off", DICREC_NOISE_FIXED, NULL}, END};

/* auto_scale, beside numbers. */
const option_word TIME_SCALE_WORDS[] = {{"auto", 1, NULL}, END};

/* Beside intervals. */
const option_word TRACE_STEP_WORDS[] = {{"steps", DICREC_TRACE_STEPS, NULL}, END};

const option_word UNIT_WORDS[] = {{"ms", DICREC_TIME_MS, NULL}, {"s", DICREC_TIME_S, NULL}, END};

const option_word *find_word(const option_word *words, const char *word) {
  for (; words != NULL && words->word != NULL; ++words)
    if (strcmp(words->word, word) == 0) return words;
  return NULL;
}

const option_word *find_word_of(const option_word *words, int32_t value) {
  for (; words != NULL && words->word != NULL; ++words)
    if (words->value == value) return words;
  return NULL;
}

void append_words(text_buffer *text, const option_word *words) {
  for (const option_word *word = words; word->word != NULL; ++word)
    text_buffer_format(text, "%s%s", word > words ? "|" : "", word->word);
}
