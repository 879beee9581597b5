/* SPDX-License-Identifier: MIT */
/** @file context_create.c Making a context; apart from context.c, whose error texts options.c needs. */
#include "core/context.h"
#include "core/options.h"

static const dicrec_context_options defaults = {.struct_size = sizeof(dicrec_context_options)};

void dicrec_context_options_init(dicrec_context_options *options, size_t size) {
  dicrec__options_init(options, size, &defaults, sizeof defaults);
}

/* What is known of the options; `scratch` keeps the text of a refusal. */
static dicrec_status read(const dicrec_context_options *options, dicrec_context *scratch,
                          dicrec_context_options *known) {
  *known = defaults;
  const dicrec_status status = dicrec__options_read(scratch, "dicrec_context_options", options, known, sizeof *known);
  if (status != DICREC_OK) return status;
  if (known->reserved != 0)
    return dicrec__fail(scratch, DICREC_E_OPTION, "reserved is %u, allowed is 0", (unsigned)known->reserved);
  if ((known->allocate == NULL) != (known->release == NULL))
    return dicrec__fail(scratch, DICREC_E_ARGUMENT, "of allocate and release one is set, allowed are both or neither");
  return DICREC_OK;
}

size_t dicrec_context_options_error(const dicrec_context_options *options, char *text, size_t size) {
  dicrec_context scratch = {.error = ""};
  dicrec_context_options known;
  read(options, &scratch, &known);
  return dicrec__copy_text(scratch.error, text, size);
}

dicrec_status dicrec_context_create(const dicrec_context_options *options, dicrec_context **context) {
  if (context == NULL) return DICREC_E_ARGUMENT;
  *context = NULL;
  dicrec_context_options known;
  const dicrec_status status = read(options, NULL, &known);
  if (status != DICREC_OK) return status;
  dicrec__allocator allocator = {known.allocate, known.release, known.allocator_user, NULL};
  if (allocator.allocate == NULL) allocator = dicrec__standard_allocator;
  dicrec_context *made = dicrec__allocate(&allocator, 1, sizeof *made);
  if (made == NULL) return DICREC_E_MEMORY;
  made->allocator = allocator;
  made->options = known;
  *context = made;
  return DICREC_OK;
}

void dicrec_context_free(dicrec_context *context) {
  if (context == NULL) return;
  const dicrec__allocator allocator = context->allocator;
  dicrec__release(&allocator, context);
}
