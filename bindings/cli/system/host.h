/* SPDX-License-Identifier: MIT */
/**
 * @file host.h
 * What the program asks of the system that it runs on: standard streams, processors, a clock.
 */
#ifndef DICREC_CLI_HOST_H
#define DICREC_CLI_HOST_H

#include <stdbool.h>

/**
 * Take the numbers of standard streams that were closed: a file that is opened later must not get one of them, or what
 * is printed would land there.
 */
void host_replace_closed_streams(void);

/** Whether the standard input is a terminal. */
bool host_input_is_terminal(void);

/** Whether the standard error is a terminal. */
bool host_error_is_terminal(void);

/** Processors that are there, at least 1. */
long host_processor_count(void);

/** Seconds of a clock that nobody sets. */
double host_seconds(void);

#endif
