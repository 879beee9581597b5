/* SPDX-License-Identifier: MIT */
/**
 * @file temporary_files.h
 * Files that must not outlive the program: outputs until they are complete.
 */
#ifndef DICREC_CLI_TEMPORARY_FILES_H
#define DICREC_CLI_TEMPORARY_FILES_H

/** The most that there may be at once. */
enum { MAX_TEMPORARY_FILES = 4 };

/** Create "`target`.XXXXXX" and open it; -1 and errno if that fails. `*path` is its name, owned here. */
int temporary_file_create(const char *target, const char **path);

/** Rename one to its target, which it replaces; -1 and errno if that fails. `path` is gone afterwards if it works. */
int temporary_file_rename(const char *path, const char *target);

/** Remove all that there are; may be called from a signal handler. */
void temporary_files_remove(void);

#endif
