/* SPDX-License-Identifier: MIT */
/**
 * @file version.h
 * Version of the library and visibility of its symbols.
 */
#ifndef DICREC_VERSION_H
#define DICREC_VERSION_H

#define DICREC_VERSION_MAJOR 0
#define DICREC_VERSION_MINOR 1
#define DICREC_VERSION_PATCH 0

/** Number in the soname of the shared library: raised when a released function or struct changes. */
#define DICREC_ABI_VERSION 0

/* Programs that link the archive define DICREC_STATIC; the library's own build defines DICREC_BUILDING. */
#if defined(DICREC_STATIC)
#define DICREC_API
#elif defined(_WIN32) || defined(__CYGWIN__)
#if defined(DICREC_BUILDING)
#define DICREC_API __declspec(dllexport)
#else
#define DICREC_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define DICREC_API __attribute__((visibility("default")))
#else
#define DICREC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Version of the library that runs, which may be newer than the headers.
 *
 * @return "major.minor.patch", static.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_version(void);

/**
 * How the library was built: compiler, BLAS, SUNDIALS and the widest vector unit that it uses here.
 *
 * @return One line, static.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_build_info(void);

#ifdef __cplusplus
}
#endif

#endif
