/* SPDX-License-Identifier: MIT */
/**
 * @file dicrec_mex.c
 * The library for Octave and MATLAB: answer = dicrec(command, data, name, value, ...)
 *
 * Functions of the interpreter may leave by a jump. While the library works none is called; what it answered is kept in
 * one place, and given back at the latest when the next call begins.
 */
#include <mex.h>
#include <stdio.h>
#include <string.h>

#include "script_call.h"

static script_call call;

static void give_back(void) { script_call_free(&call); }

/* Matrices of the interpreter are column-major; its memory is given back when the function ends. */
static const double *row_major(const double *numbers, size_t rows, size_t columns) {
  if (rows <= 1 || columns <= 1) return numbers;
  double *turned = mxMalloc(rows * columns * sizeof *turned);
  for (size_t i = 0; i < rows; ++i)
    for (size_t c = 0; c < columns; ++c) turned[i * columns + c] = numbers[c * rows + i];
  return turned;
}

/* mxArrayToString() would take memory that Octave does not give back by itself. */
static const char *text_of(const mxArray *object) {
  const size_t room = 4 * mxGetNumberOfElements(object) + 1;
  char *text = mxMalloc(room);
  if (mxGetString(object, text, room) != 0) *text = '\0';
  return text;
}

static script_value value_of(const char *name, const mxArray *object) {
  script_value value = {.rows = mxGetM(object), .columns = mxGetN(object)};
  if (mxIsChar(object) && value.rows <= 1) {
    value.text = text_of(object);
  } else if (mxIsDouble(object) && !mxIsComplex(object) && !mxIsSparse(object) &&
             mxGetNumberOfDimensions(object) == 2) {
    value.numbers = row_major(mxGetPr(object), value.rows, value.columns);
  } else if (mxGetNumberOfElements(object) == 1 && (mxIsLogical(object) || mxIsNumeric(object)) &&
             !mxIsComplex(object)) {
    double *number = mxMalloc(sizeof *number);
    *number = mxGetScalar(object);
    value.numbers = number;
  } else {
    script_call_fail(&call, DICREC_E_ARGUMENT, "%s: a real matrix of class double or a text is expected, not %s%s",
                     name,
                     mxIsSparse(object)    ? "sparse "
                     : mxIsComplex(object) ? "complex "
                                           : "",
                     mxGetClassName(object));
  }
  return value;
}

static void read_options(int n, const mxArray *pairs[]) {
  script_option *options = mxMalloc(((size_t)n / 2 + 1) * sizeof *options);
  call.options = options;
  call.n_options = (size_t)n / 2;
  if (n % 2 != 0) script_call_fail(&call, DICREC_E_ARGUMENT, "options are given as 'name', value");
  for (size_t i = 0; i < call.n_options; ++i) {
    const mxArray *name = pairs[2 * i];
    options[i].name = mxIsChar(name) ? text_of(name) : "";
    if (!mxIsChar(name)) script_call_fail(&call, DICREC_E_ARGUMENT, "options are given as 'name', value");
    options[i].value = value_of(options[i].name, pairs[2 * i + 1]);
  }
}

static mxArray *texts_of(const char *const *texts, size_t n) {
  mxArray *result = mxCreateCellMatrix(n, 1);
  for (size_t i = 0; i < n; ++i) mxSetCell(result, i, mxCreateString(texts[i]));
  return result;
}

static mxArray *numbers_of(const answer_value *value) {
  const size_t columns = value->columns > 0 ? value->columns : 1;
  mxArray *result = mxCreateDoubleMatrix(value->rows, columns, mxREAL);
  double *numbers = mxGetPr(result);
  for (size_t c = 0; c < columns; ++c)
    for (size_t i = 0; i < value->rows; ++i) numbers[c * value->rows + i] = value->numbers[i * columns + c];
  return result;
}

static mxArray *parts_of(const answer_value *value) {
  mxArray *result = mxCreateCellMatrix(value->rows, 1);
  for (size_t i = 0; i < value->rows; ++i) mxSetCell(result, i, numbers_of(&value->parts[i]));
  return result;
}

static mxArray *struct_of(const answer_value *values, size_t n);

static mxArray *object_of(const answer_value *value) {
  switch (value->kind) {
  case ANSWER_NUMBERS:
    return numbers_of(value);
  case ANSWER_LIST:
    return parts_of(value);
  case ANSWER_GROUP:
    return struct_of(value + 1, value->rows);
  case ANSWER_TEXT:
    return mxCreateString(value->texts[0]);
  default:
    return texts_of(value->texts, value->rows);
  }
}

static void set_field(mxArray *target, const char *name, mxArray *object) {
  mxAddField(target, name);
  mxSetField(target, 0, name, object);
}

/* Matrices have no names here, so that those of the columns of `dics` stand in `dics_columns`. */
static void set_labels(mxArray *target, const answer_value *value) {
  char name[64];
  snprintf(name, sizeof name, "%s_columns", value->name);
  set_field(target, name, texts_of(value->labels, value->columns > 0 ? value->columns : value->rows));
}

static mxArray *struct_of(const answer_value *values, size_t n) {
  mxArray *result = mxCreateStructMatrix(1, 1, 0, NULL);
  for (size_t i = 0; i < n; ++i) {
    set_field(result, values[i].name, object_of(&values[i]));
    if (values[i].labels != NULL) set_labels(result, &values[i]);
    if (values[i].kind == ANSWER_GROUP) i += values[i].rows;
  }
  return result;
}

/* Whether it failed or has a remark, under an identifier such as dicrec:E_SPIKES. */
static void report(void (*tell)(const char *identifier, const char *format, ...)) {
  char identifier[64], text[sizeof call.problem.text];
  snprintf(identifier, sizeof identifier, "dicrec:%s", dicrec_status_name(call.status));
  memcpy(text, call.problem.text, sizeof text);
  give_back();
  tell(identifier, "%s", text);
}

void mexFunction(int n_outputs, mxArray *outputs[], int n_inputs, const mxArray *inputs[]) {
  (void)n_outputs;
  give_back();
  mexAtExit(give_back);
  if (n_inputs < 2 || !mxIsChar(inputs[0]))
    mexErrMsgIdAndTxt("dicrec:E_ARGUMENT",
                      "a command and its data are expected: dicrec(command, data, name, value, ...)");
  call.command = text_of(inputs[0]);
  call.data = value_of("data", inputs[1]);
  read_options(n_inputs - 2, inputs + 2);
  if (call.status >= 0) script_call_run(&call);
  if (call.status < 0) report(mexErrMsgIdAndTxt);
  outputs[0] = struct_of(call.values, call.n_values);
  set_field(outputs[0], "remark", mxCreateString(dicrec_status_name(call.status)));
  if (call.status > 0) report(mexWarnMsgIdAndTxt);
  give_back();
}
