/* SPDX-License-Identifier: MIT */
/**
 * @file file_place.h
 * Where a path leads once its links are followed.
 */
#ifndef DICREC_CLI_FILE_PLACE_H
#define DICREC_CLI_FILE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/** Whether an output's path means the standard output: none, or "-". */
bool is_standard_stream(const char *path);

/**
 * The absolute path of the file that `path` leads to, whether that exists or not: links are followed to their end, a
 * dangling one to where it points. NULL and errno if there is no such folder, or the links never end. Free it.
 */
char *file_place(const char *path);

/** Length of the folder's part of an absolute path; 1 for the root. */
size_t file_folder_length(const char *path);

#endif
