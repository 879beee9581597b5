/* SPDX-License-Identifier: MIT */
/**
 * @file status.h
 * What a call answers: 0 is good, negative is failure, positive is "done, with a remark".
 */
#ifndef DICREC_STATUS_H
#define DICREC_STATUS_H

#include <stdint.h>

#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Status of a call or of one member of a population.
 *
 * Like all enumerations and bits of the library this one grows: treat what you do not know as other. A status above 0
 * is a remark and one below is a failure, whatever its name.
 */
typedef int32_t dicrec_status;

/**
 * Every status: name without prefix, value, meaning. Append only.
 * The enum below, dicrec_status_name(), dicrec_status_text() and the bindings come from this one list.
 */
#define DICREC_STATUS_LIST(X)                                                                                          \
  X(OK, 0, "done")                                                                                                     \
  X(W_PARTIAL, 1, "done in part: some of what was asked for failed or was not finished")                               \
  X(W_SUPPORT, 2, "done, but the input is unlike anything that the estimator was trained on")                          \
  X(W_SILENT, 3, "done, but with fewer than two intervals the train carries no interval statistics")                   \
  X(W_LIMIT, 4, "stopped at a limit; what was computed until then is kept")                                            \
  X(W_REJECTED, 5, "the member does not, or is not predicted to, fire like the input within the tolerances")           \
  X(W_RANGE, 6, "done, but a value is outside the range that the model's populations are for")                             \
  X(W_REMARK, 7, "done, but the report of the reconstruction remarks on it")                                           \
  X(W_THRESHOLD, 8, "done, but of some set the total input conductance has no falling zero in the voltage range")      \
  X(E_ARGUMENT, -1, "an argument is missing or contradicts another")                                                   \
  X(E_RANGE, -2, "a value is outside its allowed range")                                                               \
  X(E_MEMORY, -3, "out of memory")                                                                                     \
  X(E_OPTION, -4, "an option is not supported by this version of the library")                                         \
  X(E_CANCELLED, -5, "cancelled by the progress callback")                                                             \
  X(E_NAME, -6, "unknown name")                                                                                        \
  X(E_BUFFER, -7, "the caller's buffer is too small")                                                                  \
  X(E_FILE, -10, "the file cannot be read")                                                                            \
  X(E_WEIGHTS, -11, "the weights are malformed or do not fit")                                                         \
  X(E_MISMATCH, -12, "objects of different models were combined")                                                      \
  X(E_SPIKES, -20, "the spike times are not finite, strictly increasing and inside their window")                      \
  X(E_INFEASIBLE, -30, "no set of non-negative conductances was found within the budget")                              \
  X(E_SINGULAR, -31, "the compensating conductances cannot move the targets independently")                            \
  X(E_CONVERGENCE, -32, "the compensation did not converge")                                                           \
  X(E_SOLVER, -40, "the integrator failed")                                                                            \
  X(E_UNSTABLE, -41, "the solution left the physical range or is not finite")

/** The statuses as constants: DICREC_OK, DICREC_W_PARTIAL, DICREC_E_ARGUMENT, ... */
enum {
#define DICREC_STATUS_ENUM(name, value, text) DICREC_##name = value,
  DICREC_STATUS_LIST(DICREC_STATUS_ENUM)
#undef DICREC_STATUS_ENUM
      DICREC_STATUS_FORCE_INT32 = INT32_MAX
};

/**
 * Name of a status, without the prefix.
 *
 * @param status  Any value.
 * @return "OK", "W_PARTIAL", "E_ARGUMENT", ..., or "UNKNOWN"; static.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_status_name(dicrec_status status);

/**
 * Meaning of a status in one line.
 *
 * @param status  Any value.
 * @return Static text.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_status_text(dicrec_status status);

#ifdef __cplusplus
}
#endif

#endif
