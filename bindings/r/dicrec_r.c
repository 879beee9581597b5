/* SPDX-License-Identifier: MIT */
/**
 * @file dicrec_r.c
 * The library for R's .Call(): R's values in, a list with status, text and named values out.
 *
 * Functions of R leave by a jump when they fail. While the library works none is called, and what it answered is given
 * back whatever happens while R's own lists are made of it.
 */
#define R_NO_REMAP
#include <R.h>
#include <R_ext/Rdynload.h>
#include <Rinternals.h>
#include <string.h>

#include "script_call.h"

static void look_for_interrupt(void *nothing) {
  (void)nothing;
  R_CheckUserInterrupt();
}

static int was_interrupted; /* of the call that is made */

static int32_t is_interrupted(void *user, int64_t done, int64_t total) {
  (void)user, (void)done, (void)total;
  was_interrupted = was_interrupted || R_ToplevelExec(look_for_interrupt, NULL) == FALSE;
  return was_interrupted;
}

/* R's matrices are column-major; memory of R_alloc() is R's until the call ends. */
static const double *row_major(const double *numbers, size_t rows, size_t columns) {
  if (rows <= 1 || columns <= 1) return numbers;
  double *turned = (double *)R_alloc(rows * columns, sizeof *turned);
  for (size_t i = 0; i < rows; ++i)
    for (size_t c = 0; c < columns; ++c) turned[i * columns + c] = numbers[c * rows + i];
  return turned;
}

/* Read a value of R; what had to be converted is kept in an element of `keeper`. */
static script_value value_of(script_call *call, const char *name, SEXP object, SEXP keeper, R_xlen_t index) {
  script_value value = {0};
  if (TYPEOF(object) == STRSXP && Rf_xlength(object) == 1 && STRING_ELT(object, 0) != NA_STRING) {
    value.text = Rf_translateCharUTF8(STRING_ELT(object, 0));
    return value;
  }
  if (TYPEOF(object) != REALSXP && (TYPEOF(object) != INTSXP || Rf_isFactor(object)) && TYPEOF(object) != LGLSXP) {
    script_call_fail(call, DICREC_E_ARGUMENT, "%s: numbers or a text are expected, not %s of %s", name,
                     TYPEOF(object) == NILSXP ? "a value" : "values", Rf_type2char(TYPEOF(object)));
    return value;
  }
  SET_VECTOR_ELT(keeper, index, Rf_coerceVector(object, REALSXP));
  const int is_matrix = Rf_isMatrix(object);
  value.rows = is_matrix ? (size_t)Rf_nrows(object) : (size_t)Rf_xlength(object);
  value.columns = is_matrix ? (size_t)Rf_ncols(object) : 1;
  value.numbers = row_major(REAL(VECTOR_ELT(keeper, index)), value.rows, value.columns);
  return value;
}

static void read_options(script_call *call, SEXP options, SEXP keeper) {
  SEXP names = Rf_getAttrib(options, R_NamesSymbol);
  const size_t n = (size_t)Rf_xlength(options);
  script_option *read = (script_option *)R_alloc(n + 1, sizeof *read);
  for (size_t i = 0; i < n; ++i) {
    read[i].name = names == R_NilValue ? "" : Rf_translateCharUTF8(STRING_ELT(names, (R_xlen_t)i));
    if (*read[i].name == '\0') script_call_fail(call, DICREC_E_ARGUMENT, "options are given as name = value");
    read[i].value = value_of(call, read[i].name, VECTOR_ELT(options, (R_xlen_t)i), keeper, (R_xlen_t)i + 1);
  }
  call->options = read;
  call->n_options = n;
}

static SEXP texts_of(const char *const *texts, size_t n) {
  SEXP result = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)n));
  for (size_t i = 0; i < n; ++i) SET_STRING_ELT(result, (R_xlen_t)i, Rf_mkCharCE(texts[i], CE_UTF8));
  UNPROTECT(1);
  return result;
}

static void set_labels(SEXP object, const answer_value *value) {
  if (value->columns == 0) {
    Rf_setAttrib(object, R_NamesSymbol, PROTECT(texts_of(value->labels, value->rows)));
  } else {
    SEXP names = PROTECT(Rf_allocVector(VECSXP, 2));
    SET_VECTOR_ELT(names, 1, texts_of(value->labels, value->columns));
    Rf_setAttrib(object, R_DimNamesSymbol, names);
  }
  UNPROTECT(1);
}

static SEXP numbers_of(const answer_value *value) {
  const size_t columns = value->columns > 0 ? value->columns : 1;
  SEXP result = PROTECT(value->columns > 0 ? Rf_allocMatrix(REALSXP, (int)value->rows, (int)columns)
                                           : Rf_allocVector(REALSXP, (R_xlen_t)value->rows));
  for (size_t c = 0; c < columns; ++c)
    for (size_t i = 0; i < value->rows; ++i) REAL(result)[c * value->rows + i] = value->numbers[i * columns + c];
  if (value->labels != NULL) set_labels(result, value);
  UNPROTECT(1);
  return result;
}

static SEXP parts_of(const answer_value *value) {
  SEXP result = PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)value->rows));
  for (size_t i = 0; i < value->rows; ++i) SET_VECTOR_ELT(result, (R_xlen_t)i, numbers_of(&value->parts[i]));
  UNPROTECT(1);
  return result;
}

static SEXP list_of(const answer_value *values, size_t n);

static SEXP object_of(const answer_value *value) {
  switch (value->kind) {
  case ANSWER_NUMBERS:
    return numbers_of(value);
  case ANSWER_LIST:
    return parts_of(value);
  case ANSWER_GROUP:
    return list_of(value + 1, value->rows);
  default:
    return texts_of(value->texts, value->rows);
  }
}

/* A group and what belongs to it is one element. */
static size_t next_of(const answer_value *values, size_t i) {
  return i + 1 + (values[i].kind == ANSWER_GROUP ? values[i].rows : 0);
}

static SEXP list_of(const answer_value *values, size_t n) {
  R_xlen_t length = 0, at = 0;
  for (size_t i = 0; i < n; i = next_of(values, i)) ++length;
  SEXP result = PROTECT(Rf_allocVector(VECSXP, length)), names = PROTECT(Rf_allocVector(STRSXP, length));
  for (size_t i = 0; i < n; i = next_of(values, i), ++at) {
    SET_VECTOR_ELT(result, at, object_of(&values[i]));
    SET_STRING_ELT(names, at, Rf_mkChar(values[i].name));
  }
  Rf_setAttrib(result, R_NamesSymbol, names);
  UNPROTECT(2);
  return result;
}

static SEXP answer_of(void *data) {
  const script_call *call = data;
  const char *names[] = {"status", "name", "text", "values", "interrupted", ""};
  SEXP result = PROTECT(Rf_mkNamed(VECSXP, names));
  SET_VECTOR_ELT(result, 0, Rf_ScalarInteger(call->status));
  SET_VECTOR_ELT(result, 1, Rf_mkString(dicrec_status_name(call->status)));
  SET_VECTOR_ELT(result, 2, Rf_mkString(call->problem.text));
  SET_VECTOR_ELT(result, 3, list_of(call->values, call->status < 0 ? 0 : call->n_values));
  SET_VECTOR_ELT(result, 4, Rf_ScalarLogical(was_interrupted));
  UNPROTECT(1);
  return result;
}

static void give_back(void *data) { script_call_free(data); }

static SEXP dicrec_call(SEXP command, SEXP data, SEXP options) {
  script_call call = {.interrupted = is_interrupted};
  if (TYPEOF(command) != STRSXP || Rf_xlength(command) != 1 || TYPEOF(options) != VECSXP)
    Rf_error("a command and a list of options are expected");
  SEXP keeper = PROTECT(Rf_allocVector(VECSXP, Rf_xlength(options) + 1));
  was_interrupted = 0;
  call.command = Rf_translateCharUTF8(STRING_ELT(command, 0));
  call.data = value_of(&call, "data", data, keeper, 0);
  read_options(&call, options, keeper);
  if (call.status >= 0) script_call_run(&call);
  SEXP answer = R_ExecWithCleanup(answer_of, &call, give_back, &call);
  UNPROTECT(1);
  return answer;
}

void R_init_dicrec_r(DllInfo *library);

void R_init_dicrec_r(DllInfo *library) {
  static const R_CallMethodDef functions[] = {{"dicrec_call", (DL_FUNC)&dicrec_call, 3}, {NULL, NULL, 0}};
  R_registerRoutines(library, NULL, functions, NULL, NULL);
  R_useDynamicSymbols(library, FALSE);
}
