/* SPDX-License-Identifier: MIT */
/** @file builtin.h The weights that are compiled into the library. */
#ifndef DICREC_NETWORK_BUILTIN_H
#define DICREC_NETWORK_BUILTIN_H

#include "core/embedded.h"

/** Safetensors files, by the names of their models. */
extern const dicrec__embedded dicrec__builtin_weights[];

#endif
