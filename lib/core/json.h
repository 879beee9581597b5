/* SPDX-License-Identifier: MIT */
/**
 * @file json.h
 * JSON text as values with numbers, 0 being the whole: read by jsmn, strings decoded, the rest left to the reader.
 */
#ifndef DICREC_CORE_JSON_H
#define DICREC_CORE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"

enum dicrec__json_kind { DICREC__JSON_OBJECT, DICREC__JSON_ARRAY, DICREC__JSON_STRING, DICREC__JSON_PRIMITIVE };

/** What is read, and what its faults are. */
typedef struct dicrec__json_subject {
  dicrec_context *context;
  const char *name;     /**< begins the text of a refusal: "weights: header" */
  dicrec_status status; /**< of a refusal */
  int max_tokens;
} dicrec__json_subject;

typedef struct dicrec__json {
  dicrec__json_subject subject;
  char *text;                        /**< of the values, strings terminated; the caller frees it */
  struct dicrec__json_token *tokens; /**< dicrec__json_release() frees them */
  int n;
} dicrec__json;

/**
 * Read `size` bytes, not terminated, that are to be one object. `json` is zeroed by the caller, who frees its text and
 * releases it, after failures too. OK, E_MEMORY or the subject's status.
 */
dicrec_status dicrec__json_parse(const dicrec__json_subject *subject, const void *bytes, size_t size,
                                 dicrec__json *json);

/** Free what reading needs. The text stays. */
void dicrec__json_release(dicrec__json *json);

/** Refuse a value: where it stands, and what is wrong. */
dicrec_status dicrec__json_refuse(const dicrec__json *json, int value, const char *what);

enum dicrec__json_kind dicrec__json_kind_of(const dicrec__json *json, int value);

/** Members of an object, items of an array. */
int dicrec__json_count(const dicrec__json *json, int value);

/** Number of the value that follows a value and all that is inside it. */
int dicrec__json_after(const dicrec__json *json, int value);

/**
 * Check that a name of an object, which is followed by its value, has exactly one. Names are `object` + 1 and then what
 * comes after the values, up to dicrec__json_after(object).
 */
dicrec_status dicrec__json_check_name(const dicrec__json *json, int object, int name);

/** Text of a string or a name. */
const char *dicrec__json_text(const dicrec__json *json, int value);

/** Whether a value is an item of an array or, a name, stands in an object. */
bool dicrec__json_is_in(const dicrec__json *json, int value, int parent);

/** The value or name that holds a value; -1 of the whole. */
int dicrec__json_parent(const dicrec__json *json, int value);

/** Whether a value is a name of an object. */
bool dicrec__json_is_name(const dicrec__json *json, int value);

/** Byte of the text where a value begins; of strings behind the quote. */
size_t dicrec__json_start(const dicrec__json *json, int value);

/** Whether a value is this word, such as true or null. */
bool dicrec__json_is_word(const dicrec__json *json, int value, const char *word);

/** A number, correctly rounded in every locale, infinite if it is too large; false: it is none. */
bool dicrec__json_number(const dicrec__json *json, int value, double *number);

/** A whole number of up to 15 digits, not negative; false: it is none. */
bool dicrec__json_whole(const dicrec__json *json, int value, uint64_t *number);

#endif
