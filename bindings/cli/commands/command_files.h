/* SPDX-License-Identifier: MIT */
/**
 * @file command_files.h
 * The files that a command line names, looked at before any work.
 */
#ifndef DICREC_CLI_COMMAND_FILES_H
#define DICREC_CLI_COMMAND_FILES_H

#include "commands/arguments.h"

/**
 * fail_usage() if two outputs, or an output and an input, are one file, whatever they are called; fail() if an output
 * cannot be written.
 */
void command_files_check(const arguments *given);

#endif
