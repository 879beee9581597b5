/* SPDX-License-Identifier: MIT */
#include "models/file_reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/system.h"

enum { PLACE_SIZE = 160, NAME_SIZE = 48, MOST_NAMES = 12 };

/** Where a value stands, as channels.Na.activation. */
static void write_place(const dicrec__json *json, int value, char place[PLACE_SIZE]) {
  const char *names[MOST_NAMES];
  int n = 0;
  for (int at = value; at > 0 && n < MOST_NAMES; at = dicrec__json_parent(json, at))
    if (dicrec__json_is_name(json, at)) names[n++] = dicrec__json_text(json, at);
  place[0] = '\0';
  for (size_t length = 0; n > 0 && length + NAME_SIZE + 2 < PLACE_SIZE; length = strlen(place))
    snprintf(place + length, PLACE_SIZE - length, "%s%.*s", length > 0 ? "." : "", NAME_SIZE, names[--n]);
}

static int line_of(const dicrec__text_reader *reader, int value) {
  int line = 1;
  for (const char *c = reader->source, *end = c + dicrec__json_start(&reader->json, value); c < end; ++c)
    line += *c == '\n';
  return line;
}

dicrec_status dicrec__text_refuse(const dicrec__text_reader *reader, int value, const char *format, ...) {
  char place[PLACE_SIZE], text[DICREC__ERROR_SIZE];
  va_list arguments;
  va_start(arguments, format);
  dicrec__print(text, sizeof text, format, arguments);
  va_end(arguments);
  write_place(&reader->json, value, place);
  return dicrec__fail(reader->json.subject.context, reader->json.subject.status, "%s, line %d%s%s: %s",
                      reader->json.subject.name, line_of(reader, value), place[0] == '\0' ? "" : ", ", place, text);
}

dicrec_status dicrec__text_expect(const dicrec__text_reader *reader, int value, enum dicrec__json_kind kind,
                                  const char *what) {
  if (dicrec__json_kind_of(&reader->json, value) == kind) return DICREC_OK;
  return dicrec__text_refuse(reader, value, "%s is expected", what);
}

static int least(int a, int b) { return a < b ? a : b; }

/** Levenshtein's distance between two words, of which only the beginnings count. */
static int distance(const char *a, const char *b) {
  int row[NAME_SIZE + 1], n = 0;
  while (n < NAME_SIZE && b[n] != '\0') ++n;
  for (int k = 0; k <= n; ++k) row[k] = k;
  for (int i = 0; i < NAME_SIZE && a[i] != '\0'; ++i) {
    int diagonal = row[0];
    row[0] = i + 1;
    for (int k = 1; k <= n; ++k) {
      const int above = row[k];
      row[k] = least(least(above, row[k - 1]) + 1, diagonal + (a[i] != b[k - 1]));
      diagonal = above;
    }
  }
  return row[n];
}

static dicrec_status refuse_name(const dicrec__text_reader *reader, int name, const dicrec__text_field *fields,
                                 size_t n_fields) {
  const char *given = dicrec__json_text(&reader->json, name), *nearest = fields[0].name;
  for (size_t k = 1; k < n_fields; ++k)
    if (distance(given, fields[k].name) < distance(given, nearest)) nearest = fields[k].name;
  return dicrec__text_refuse(reader, name, "the name '%.*s' is unknown, the nearest is '%s'", NAME_SIZE, given,
                             nearest);
}

static dicrec_status read_field(dicrec__text_reader *reader, int name, const dicrec__text_field *fields,
                                size_t n_fields, void *to, unsigned *seen) {
  const char *given = dicrec__json_text(&reader->json, name);
  for (size_t k = 0; k < n_fields; ++k) {
    if (strcmp(fields[k].name, given) != 0) continue;
    if (*seen & 1U << k) return dicrec__text_refuse(reader, name, "the name stands there twice");
    *seen |= 1U << k;
    return fields[k].read(reader, name + 1, (char *)to + fields[k].offset);
  }
  return refuse_name(reader, name, fields, n_fields);
}

dicrec_status dicrec__read_object(dicrec__text_reader *reader, int object, const dicrec__text_field *fields,
                                  size_t n_fields, void *to, unsigned *seen) {
  unsigned found = 0;
  dicrec_status status = dicrec__text_expect(reader, object, DICREC__JSON_OBJECT, "an object");
  const int end = dicrec__json_after(&reader->json, object);
  for (int name = object + 1; name < end && status == DICREC_OK; name = dicrec__json_after(&reader->json, name + 1)) {
    status = dicrec__json_check_name(&reader->json, object, name);
    if (status == DICREC_OK) status = read_field(reader, name, fields, n_fields, to, &found);
  }
  for (size_t k = 0; k < n_fields && status == DICREC_OK; ++k)
    if (fields[k].is_needed && !(found & 1U << k))
      status = dicrec__text_refuse(reader, object, "'%s' is missing", fields[k].name);
  if (seen != NULL) *seen = found;
  return status;
}

void *dicrec__text_memory(dicrec__text_reader *reader, size_t n, size_t size) {
  enum { ALIGNMENT = 16 };
  const size_t bytes = (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (n > reader->capacity / size || bytes > reader->capacity - reader->used) return NULL;
  reader->used += bytes;
  return reader->memory + reader->used - bytes;
}

dicrec_status dicrec__read_number(dicrec__text_reader *reader, int value, void *to) {
  double number;
  if (!dicrec__json_number(&reader->json, value, &number))
    return dicrec__text_refuse(reader, value, "a number is expected");
  if (!isfinite(number)) return dicrec__text_refuse(reader, value, "the number is too large");
  memcpy(to, &number, sizeof number);
  return DICREC_OK;
}

dicrec_status dicrec__read_whole(dicrec__text_reader *reader, int value, void *to) {
  uint64_t number;
  if (!dicrec__json_whole(&reader->json, value, &number) || number > 1000000)
    return dicrec__text_refuse(reader, value, "a whole number is expected");
  *(int *)to = (int)number;
  return DICREC_OK;
}

dicrec_status dicrec__read_truth(dicrec__text_reader *reader, int value, void *to) {
  const bool is_true = dicrec__json_is_word(&reader->json, value, "true");
  if (!is_true && !dicrec__json_is_word(&reader->json, value, "false"))
    return dicrec__text_refuse(reader, value, "true or false is expected");
  *(bool *)to = is_true;
  return DICREC_OK;
}

dicrec_status dicrec__read_text(dicrec__text_reader *reader, int value, void *to) {
  const dicrec_status status = dicrec__text_expect(reader, value, DICREC__JSON_STRING, "a text");
  if (status == DICREC_OK) *(const char **)to = dicrec__json_text(&reader->json, value);
  return status;
}

static dicrec_status read_numbers(dicrec__text_reader *reader, int array, int n, double *to) {
  const dicrec__json *json = &reader->json;
  if (dicrec__json_kind_of(json, array) != DICREC__JSON_ARRAY || dicrec__json_count(json, array) != n)
    return dicrec__text_refuse(reader, array, "%d numbers between brackets are expected", n);
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < n && status == DICREC_OK; ++k)
    status = dicrec__json_is_in(json, array + 1 + k, array)
                 ? dicrec__read_number(reader, array + 1 + k, &to[k])
                 : dicrec__text_refuse(reader, array, "%d numbers between brackets are expected", n);
  return status;
}

dicrec_status dicrec__read_pair(dicrec__text_reader *reader, int value, void *to) {
  return read_numbers(reader, value, 2, to);
}

dicrec_status dicrec__read_triple(dicrec__text_reader *reader, int value, void *to) {
  return read_numbers(reader, value, 3, to);
}

dicrec_status dicrec__read_place(dicrec__text_reader *reader, int value, void *to) {
  (void)reader;
  *(int *)to = value;
  return DICREC_OK;
}

dicrec_status dicrec__read_any(dicrec__text_reader *reader, int value, void *to) {
  (void)reader, (void)value, (void)to;
  return DICREC_OK;
}
