/* SPDX-License-Identifier: MIT */
/**
 * @file commands.h
 * The commands of the program.
 */
#ifndef DICREC_CLI_COMMANDS_H
#define DICREC_CLI_COMMANDS_H

#include "commands/command_options.h"

extern const command_spec command_reconstruct;
extern const command_spec command_estimate;
extern const command_spec command_generate;
extern const command_spec command_dics;
extern const command_spec command_simulate;
extern const command_spec command_models;
extern const command_spec command_info;

#endif
