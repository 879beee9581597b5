/* SPDX-License-Identifier: MIT */
/**
 * @file config.hpp
 * What the compiler offers: exceptions or not, std::span or not.
 */
#ifndef DICREC_CPP_CONFIG_HPP
#define DICREC_CPP_CONFIG_HPP

#if __cplusplus < 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#error "dicrec.hpp needs C++17"
#endif

#if __has_include(<version>)
#include <version>
#endif

/** 1: failures are exceptions, unless a function whose name begins with try_ is called; 0: there are only those. */
#ifndef DICREC_CPP_EXCEPTIONS
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define DICREC_CPP_EXCEPTIONS 1
#else
#define DICREC_CPP_EXCEPTIONS 0
#endif
#endif

/*
 * Files of one program may be compiled in different ways. Types that differ then have different names for the linker,
 * so that passing them between such files is an error when the program is linked, not when it runs.
 */
#if defined(__cpp_lib_span) && DICREC_CPP_EXCEPTIONS
#define DICREC_CPP_NAMESPACE with_std_span
#elif defined(__cpp_lib_span)
#define DICREC_CPP_NAMESPACE with_std_span_without_exceptions
#elif DICREC_CPP_EXCEPTIONS
#define DICREC_CPP_NAMESPACE with_own_span
#else
#define DICREC_CPP_NAMESPACE with_own_span_without_exceptions
#endif

#endif
