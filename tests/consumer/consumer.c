/* SPDX-License-Identifier: MIT */
/** @file consumer.c The least program that uses an installed libdicrec. */
#include <dicrec.h>
#include <stdio.h>

int main(void) {
  dicrec_context *context = NULL;
  dicrec_model *model = NULL;
  if (dicrec_context_create(NULL, &context) != DICREC_OK) return 1;
  const dicrec_status status = dicrec_model_open(context, "stg", &model);
  printf("dicrec %s, %s, %d channels\n", dicrec_version(), dicrec_model_name(model),
         (int)dicrec_model_channel_count(model));
  dicrec_model_free(model);
  dicrec_context_free(context);
  return status != DICREC_OK;
}
