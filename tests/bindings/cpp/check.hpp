/* SPDX-License-Identifier: MIT */
/**
 * @file check.hpp
 * Checks that say where they failed and let the others go on.
 */
#ifndef DICREC_TESTS_CHECK_HPP
#define DICREC_TESTS_CHECK_HPP

/** Count a check; a failure is printed. */
void check(bool is_good, const char *what, const char *file, int line);

#define CHECK(condition) check(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

/** That a statement throws this class of exceptions, and that `about(exception)` holds. */
#define CHECK_THROWS(statement, type, about)                                                                           \
  do {                                                                                                                 \
    bool as_expected = false;                                                                                          \
    try {                                                                                                              \
      static_cast<void>(statement);                                                                                    \
    } catch (const type &caught) {                                                                                     \
      as_expected = about(caught);                                                                                     \
    } catch (...) {                                                                                                    \
    }                                                                                                                  \
    check(as_expected, #statement " throws " #type, __FILE__, __LINE__);                                               \
  } while (false)

/* What the test program runs, each in the file of its name. */
void test_callbacks();
void test_errors();
void test_memory();
void test_options();
void test_ownership();
void test_stages();
void test_tables();
void test_without_exceptions();

#endif
