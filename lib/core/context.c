/* SPDX-License-Identifier: MIT */
#include "core/context.h"

#include <stdarg.h>
#include <string.h>

#include "core/system.h"

size_t dicrec__copy_text(const char *from, char *to, size_t size) {
  const size_t length = strlen(from);
  if (to != NULL && size > 0) {
    const size_t copied = length < size ? length : size - 1;
    memcpy(to, from, copied);
    to[copied] = '\0';
  }
  return length;
}

size_t dicrec_context_error(const dicrec_context *context, char *text, size_t size) {
  return dicrec__copy_text(context == NULL ? "" : context->error, text, size);
}

void dicrec__begin(dicrec_context *context) {
  if (context != NULL) context->error[0] = '\0';
}

dicrec_status dicrec__fail(dicrec_context *context, dicrec_status status, const char *format, ...) {
  if (context == NULL) return status;
  va_list arguments;
  va_start(arguments, format);
  dicrec__print(context->error, sizeof context->error, format, arguments);
  va_end(arguments);
  return status;
}

dicrec_status dicrec__fail_memory(dicrec_context *context, const char *what) {
  return dicrec__fail(context, DICREC_E_MEMORY, "out of memory for %s", what);
}

dicrec_status dicrec__fail_range(dicrec_context *context, const char *name, double value, const char *allowed) {
  return dicrec__fail(context, DICREC_E_RANGE, "%s is %g, allowed is %s", name, value, allowed);
}

void dicrec__log(dicrec_context *context, int32_t level, const char *format, ...) {
  if (context == NULL || context->options.log == NULL) return;
  char line[DICREC__ERROR_SIZE];
  va_list arguments;
  va_start(arguments, format);
  dicrec__print(line, sizeof line, format, arguments);
  va_end(arguments);
  context->options.log(context->options.log_user, level, line);
}

bool dicrec__progress(dicrec_context *context, int64_t done, int64_t total) {
  if (context == NULL || context->options.progress == NULL) return false;
  return context->options.progress(context->options.progress_user, done, total) != 0;
}
