/* SPDX-License-Identifier: MIT */
/** @file sundials_compat.h What differs between SUNDIALS 6 and 7. */
#ifndef DICREC_SIMULATOR_CVODE_SUNDIALS_COMPAT_H
#define DICREC_SIMULATOR_CVODE_SUNDIALS_COMPAT_H

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <sundials/sundials_config.h>
#include <sundials/sundials_context.h>
#include <sundials/sundials_linearsolver.h>
#include <sunmatrix/sunmatrix_dense.h>

#if SUNDIALS_VERSION_MAJOR >= 7
#define DICREC__NO_COMMUNICATOR SUN_COMM_NULL
typedef sunbooleantype dicrec__sunbool;
#else
#define DICREC__NO_COMMUNICATOR NULL
typedef booleantype dicrec__sunbool;
#endif

/** Receives the integrator's messages, of which the last is kept. */
typedef struct dicrec__solver_message {
  char text[256];
} dicrec__solver_message;

#if SUNDIALS_VERSION_MAJOR >= 7
static inline void dicrec__solver_error(int line, const char *function, const char *file, const char *message,
                                        SUNErrCode code, void *user, SUNContext owner) {
  (void)line, (void)file, (void)code, (void)owner;
  dicrec__solver_message *kept = user;
  snprintf(kept->text, sizeof kept->text, "%s: %s", function, message);
}

static inline int dicrec__catch_messages(SUNContext owner, void *cvode, dicrec__solver_message *message) {
  (void)cvode;
  SUNContext_ClearErrHandlers(owner);
  return SUNContext_PushErrHandler(owner, dicrec__solver_error, message) == 0 ? CV_SUCCESS : CV_MEM_FAIL;
}
#else
static inline void dicrec__solver_error(int code, const char *module, const char *function, char *message, void *user) {
  (void)code, (void)module;
  dicrec__solver_message *kept = user;
  snprintf(kept->text, sizeof kept->text, "%s: %s", function, message);
}

static inline int dicrec__catch_messages(SUNContext owner, void *cvode, dicrec__solver_message *message) {
  (void)owner;
  return CVodeSetErrHandlerFn(cvode, dicrec__solver_error, message);
}
#endif

#endif
