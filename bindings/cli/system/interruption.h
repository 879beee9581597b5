/* SPDX-License-Identifier: MIT */
/**
 * @file interruption.h
 * What signals do: nothing stays behind, and the program ends as the signal would have ended it.
 */
#ifndef DICREC_CLI_INTERRUPTION_H
#define DICREC_CLI_INTERRUPTION_H

#include <stdbool.h>

/** Take over SIGINT, SIGTERM, SIGHUP and SIGPIPE, but for those that the caller of the program has set to be ignored.
 */
void interruption_prepare(void);

/**
 * From now on a first signal is only noted (true), or ends the program at once (false), as does one that was noted
 * before. A second one always does.
 */
void interruption_defer(bool deferred);

/** Whether a signal was noted. */
bool interruption_asked(void);

/** Remove temporary files and end as the signal that was noted ends a program. */
_Noreturn void interruption_end(void);

#endif
