/* SPDX-License-Identifier: MIT */
/**
 * @file member_rows.h
 * Rows of a population: ID, member, g_<channel>..., g_s, g_u, time_scale, noise_std, stream, status and, if verified,
 * what the member fired. What a repeat depends on reads back as the same doubles.
 */
#ifndef DICREC_CLI_MEMBER_ROWS_H
#define DICREC_CLI_MEMBER_ROWS_H

#include "session.h"

/** Append the header. */
void member_rows_header(session *work, bool verified);

/** Append the row of a train that gave no population. */
void member_rows_failed(session *work, bool verified, const char *id, dicrec_status status, const char *detail);

/**
 * Append one row per member.
 *
 * @param first   Number of the first member, from 0; the table counts from 1.
 * @param remark  Remark that holds for every member without one of its own (W_SUPPORT), or OK.
 * @param checks  Verified reconstruction that the population belongs to, or NULL.
 */
void member_rows_append(session *work, const char *id, const dicrec_population *population, uint64_t first,
                        dicrec_status remark, const dicrec_reconstruction *checks);

#endif
