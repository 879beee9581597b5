/* SPDX-License-Identifier: MIT */
/**
 * @file option_words.c
 * The words that stand for constants of the library.
 */
#include "commands/option_words.h"

#include <dicrec.h>
#include <string.h>

const option_word LEAK_WORDS[] = {
    {"gamma", DICREC_LEAK_GAMMA}, {"uniform", DICREC_LEAK_UNIFORM}, {"fixed", DICREC_LEAK_FIXED}, {NULL, 0}};

/* Beside numbers, which are a fixed noise too. */
const option_word NOISE_WORDS[] = {{"auto", DICREC_NOISE_AUTO}, {"off", DICREC_NOISE_FIXED}, {NULL, 0}};

const option_word SCREENING_WORDS[] = {
    {"auto", DICREC_SCREENING_AUTO}, {"on", DICREC_SCREENING_ON}, {"off", DICREC_SCREENING_OFF}, {NULL, 0}};

const option_word SELECTION_WORDS[] = {
    {"representative", DICREC_SELECTION_REPRESENTATIVE}, {"diverse", DICREC_SELECTION_DIVERSE}, {NULL, 0}};

const option_word SOLVER_WORDS[] = {
    {"auto", DICREC_SOLVER_AUTO}, {"cvode", DICREC_SOLVER_CVODE}, {"ensemble", DICREC_SOLVER_ENSEMBLE}, {NULL, 0}};

const option_word TARGET_WORDS[] = {
    {"auto", DICREC_TARGET_AUTO}, {"median", DICREC_TARGET_MEDIAN}, {"sample", DICREC_TARGET_SAMPLE}, {NULL, 0}};

/* auto_scale, beside numbers. */
const option_word TIME_SCALE_WORDS[] = {{"auto", 1}, {NULL, 0}};

const option_word TRACE_WORDS[] = {
    {"voltage", DICREC_TRACE_VOLTAGE}, {"states", DICREC_TRACE_STATES}, {"currents", DICREC_TRACE_CURRENTS}, {NULL, 0}};

/* Beside intervals. */
const option_word TRACE_STEP_WORDS[] = {{"steps", DICREC_TRACE_STEPS}, {NULL, 0}};

const option_word UNIT_WORDS[] = {{"ms", DICREC_TIME_MS}, {"s", DICREC_TIME_S}, {NULL, 0}};

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
