/* SPDX-License-Identifier: MIT */
/**
 * @file file_reader.h
 * Objects of a model's file into structs, by lists of their names. A refusal tells the line, the place in the file and,
 * of an unknown name, the nearest known one.
 */
#ifndef DICREC_MODELS_FILE_READER_H
#define DICREC_MODELS_FILE_READER_H

#include <stddef.h>

#include "core/json.h"
#include "models/table.h"

typedef struct dicrec__text_reader {
  dicrec__json json;
  const char *source; /**< the bytes as they came, for line numbers */
  char *memory;       /**< what the table points to; zeroed */
  size_t used, capacity;
  int depth;            /**< of curves in curves */
  double temperature_c; /**< of the model; NaN: its file has none */
} dicrec__text_reader;

/** Reads a value to where it belongs. */
typedef dicrec_status (*dicrec__value_reader)(dicrec__text_reader *reader, int value, void *to);

/** A name of an object. */
typedef struct dicrec__text_field {
  const char *name;
  dicrec__value_reader read;
  size_t offset; /**< in the struct */
  bool is_needed;
} dicrec__text_field;

/** Refuse a value: E_ARGUMENT. */
dicrec_status dicrec__text_refuse(const dicrec__text_reader *reader, int value, const char *format, ...)
    DICREC__PRINTF(3, 4);

/** Read an object whose names are those of a list. Bit k of `seen`, which may be NULL, tells whether the k-th is there.
 */
dicrec_status dicrec__read_object(dicrec__text_reader *reader, int object, const dicrec__text_field *fields,
                                  size_t n_fields, void *to, unsigned *seen);

/** Refuse what is not of a kind, which `what` names: "an object". */
dicrec_status dicrec__text_expect(const dicrec__text_reader *reader, int value, enum dicrec__json_kind kind,
                                  const char *what);

/** Zeroed memory that lasts as long as the table; NULL: there is none left, which the size of the text rules out. */
void *dicrec__text_memory(dicrec__text_reader *reader, size_t n, size_t size);

/* What a field may hold; `to` is said behind. */
dicrec_status dicrec__read_number(dicrec__text_reader *reader, int value, void *to); /**< double, finite */
dicrec_status dicrec__read_whole(dicrec__text_reader *reader, int value, void *to);  /**< int, up to 10^6 */
dicrec_status dicrec__read_truth(dicrec__text_reader *reader, int value, void *to);  /**< bool */
dicrec_status dicrec__read_text(dicrec__text_reader *reader, int value, void *to);   /**< const char * */
dicrec_status dicrec__read_pair(dicrec__text_reader *reader, int value, void *to);   /**< double[2] */
dicrec_status dicrec__read_triple(dicrec__text_reader *reader, int value, void *to); /**< double[3] */
dicrec_status dicrec__read_place(dicrec__text_reader *reader, int value, void *to);  /**< int, the value's number */
dicrec_status dicrec__read_any(dicrec__text_reader *reader, int value, void *to);    /**< nothing: it is for people */
dicrec_status dicrec__read_curve(dicrec__text_reader *reader, int value, void *to);  /**< dicrec__curve */
dicrec_status dicrec__read_gate(dicrec__text_reader *reader, int value, void *to);   /**< dicrec__gate */
dicrec_status dicrec__read_scheme(dicrec__text_reader *reader, int value, void *to); /**< dicrec__scheme */

dicrec_status dicrec__read_temperature(dicrec__text_reader *reader, int value, void *to); /**< double, Celsius */

/** How many times faster kinetics are at the model's temperature, double. */
dicrec_status dicrec__read_q10(dicrec__text_reader *reader, int value, void *to);

/** Multiply a curve by a constant; `value` is what a refusal names. */
dicrec_status dicrec__scale_curve(dicrec__text_reader *reader, int value, dicrec__curve *curve, double scale);

#define DICREC__COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

#endif
