/* SPDX-License-Identifier: MIT */
/**
 * @file command_spec.c
 * Finds options of a command, and says what is wrong with how it was called.
 */
#include "commands/command_spec.h"

#include <stdarg.h>
#include <string.h>

const option_spec *command_option(const command_spec *command, const char *name) {
  const option_spec *option = command->options;
  while (option->name != NULL && strcmp(option->name, name) != 0) ++option;
  return option;
}

void fail_usage(const command_spec *command, const char *format, ...) {
  text_buffer message = {0};
  va_list values;
  va_start(values, format);
  text_buffer_format_list(&message, format, values);
  va_end(values);
  fail("%s: %s; see 'dicrec %s --help'", command->name, message.bytes, command->name);
}
