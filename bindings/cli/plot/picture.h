/* SPDX-License-Identifier: MIT */
/**
 * @file picture.h
 * The picture that --plot and --plot-id ask for.
 */
#ifndef DICREC_CLI_PICTURE_H
#define DICREC_CLI_PICTURE_H

#include "tables/spike_file.h"

/** Refuse what cannot be drawn; fail_usage(). */
void picture_check(const arguments *given);

/** The row of a file that is to be drawn; the number of rows: none. */
size_t picture_row(const spike_file *file, const arguments *given);

/** Draw a train, and its verified reconstruction that was made with `options`; `image` receives the file. */
void picture_draw(const session *work, const char *id, const dicrec_spikes *spikes,
                  const dicrec_reconstruct_options *options, const dicrec_reconstruction *found, text_buffer *image);

#endif
