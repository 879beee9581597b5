/* SPDX-License-Identifier: MIT */
/** @file test_core.c Statuses, memory, error texts, options structs, worker threads. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp, setenv */
#include <locale.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/child_context.h"
#include "core/copy_out.h"
#include "core/limits.h"
#include "core/options.h"
#include "core/workers.h"
#include "support/fixture.h"

Suite *core_suite(void);

START_TEST(statuses_have_names_and_texts) {
  static const struct {
    int32_t value;
    const char *name;
  } statuses[] = {
#define ENTRY(name, value, text) {value, #name},
      DICREC_STATUS_LIST(ENTRY)
#undef ENTRY
  };
  const size_t n = sizeof statuses / sizeof statuses[0];
  for (size_t i = 0; i < n; ++i) {
    ck_assert_str_eq(dicrec_status_name(statuses[i].value), statuses[i].name);
    ck_assert_int_gt((int)strlen(dicrec_status_text(statuses[i].value)), 0);
    const char first = statuses[i].name[0];
    ck_assert(first == (statuses[i].value < 0 ? 'E' : statuses[i].value > 0 ? 'W' : 'O'));
    for (size_t k = 0; k < i; ++k) ck_assert_int_ne(statuses[i].value, statuses[k].value);
  }
  ck_assert_int_eq(DICREC_OK, 0);
  ck_assert_int_eq(DICREC_W_PARTIAL, 1);
  ck_assert_int_eq(DICREC_E_ARGUMENT, -1);
  ck_assert_int_eq(DICREC_E_UNSTABLE, -41);
  ck_assert_str_eq(dicrec_status_name(12345), "UNKNOWN");
  ck_assert_int_gt((int)strlen(dicrec_status_text(-12345)), 0);
}
END_TEST

START_TEST(version_is_the_headers) {
  char expected[32];
  snprintf(expected, sizeof expected, "%d.%d.%d", DICREC_VERSION_MAJOR, DICREC_VERSION_MINOR, DICREC_VERSION_PATCH);
  ck_assert_str_eq(dicrec_version(), expected);
  ck_assert(strlen(dicrec_build_info()) > 0);
  ck_assert_ptr_null(strchr(dicrec_build_info(), '\n'));
}
END_TEST

/** Hands out blocks at a chosen offset from a boundary, filled with rubbish. */
struct shifted_memory {
  size_t shift, n_blocks;
  bool was_called;
};

static void *shifted_allocate(void *user, size_t size) {
  struct shifted_memory *memory = user;
  memory->was_called = true;
  memory->n_blocks += 1;
  char *raw = malloc(size + 64);
  memset(raw, 0xA5, size + 64);
  return raw + memory->shift;
}

static void shifted_release(void *user, void *pointer) {
  struct shifted_memory *memory = user;
  memory->n_blocks -= 1;
  free((char *)pointer - memory->shift);
}

START_TEST(memory_is_aligned_and_zeroed) {
  struct shifted_memory memory = {0};
  const dicrec__allocator allocator = {shifted_allocate, shifted_release, &memory, NULL};
  for (memory.shift = 0; memory.shift < 64; memory.shift += 16)
    for (size_t count = 0; count < 40; ++count) {
      unsigned char *block = dicrec__allocate(&allocator, count, 3);
      ck_assert_ptr_nonnull(block);
      ck_assert_uint_eq((uintptr_t)block % DICREC__ALIGNMENT, 0);
      for (size_t i = 0; i < 3 * count; ++i) ck_assert_uint_eq(block[i], 0);
      memset(block, 0xFF, 3 * count);
      dicrec__release(&allocator, block);
    }
  ck_assert_uint_eq(memory.n_blocks, 0);
  dicrec__release(&allocator, NULL);
}
END_TEST

/* Blocks come back with their address, zeroed; small ones, and large ones for little, do not. */
START_TEST(large_blocks_are_taken_again) {
  struct shifted_memory memory = {.shift = 16};
  dicrec__recycler recycler = {0};
  const dicrec__allocator allocator = {shifted_allocate, shifted_release, &memory, &recycler};
  static const size_t sizes[] = {100000, 40000, 20000};
  unsigned char *blocks[3];
  for (int i = 0; i < 3; ++i) blocks[i] = dicrec__allocate(&allocator, sizes[i], 1);
  for (int i = 0; i < 3; ++i) {
    memset(blocks[i], 0xFF, sizes[i]);
    dicrec__release(&allocator, blocks[i]);
  }
  ck_assert_uint_eq(memory.n_blocks, 3);
  unsigned char *again = dicrec__allocate(&allocator, 30000, 1); /* the smallest that has room */
  ck_assert_ptr_eq(again, blocks[1]);
  for (size_t i = 0; i < 30000; ++i) ck_assert_uint_eq(again[i], 0);
  unsigned char *next = dicrec__allocate_unset(&allocator, 70000, 1), *other = dicrec__allocate(&allocator, 70000, 1);
  ck_assert_ptr_eq(next, blocks[0]);
  ck_assert_uint_eq((uintptr_t)other % DICREC__ALIGNMENT, 0);
  ck_assert_uint_eq(memory.n_blocks, 4);
  unsigned char *small = dicrec__allocate(&allocator, 100, 1);
  ck_assert_uint_eq(memory.n_blocks, 5);
  dicrec__release(&allocator, small);
  ck_assert_uint_eq(memory.n_blocks, 4);
  dicrec__release(&allocator, next);
  dicrec__release(&allocator, other);
  dicrec__recycler_empty(&allocator);
  ck_assert_uint_eq(memory.n_blocks, 1);
  ck_assert(recycler.n_blocks == 0 && recycler.n_bytes == 0);
  const dicrec__allocator plain = {shifted_allocate, shifted_release, &memory, NULL};
  dicrec__release(&plain, again); /* by whom it is left to */
  ck_assert_uint_eq(memory.n_blocks, 0);
}
END_TEST

START_TEST(what_is_kept_is_bounded) {
  struct shifted_memory memory = {0};
  dicrec__recycler recycler = {0};
  const dicrec__allocator allocator = {shifted_allocate, shifted_release, &memory, &recycler};
  for (size_t size = 20000; size <= (size_t)100 << 20; size *= 5) {
    void *blocks[100];
    const size_t n = size < ((size_t)10 << 20) ? 100 : 4;
    for (size_t i = 0; i < n; ++i) blocks[i] = dicrec__allocate_unset(&allocator, size, 1);
    for (size_t i = 0; i < n; ++i) dicrec__release(&allocator, blocks[i]);
    ck_assert_uint_eq(memory.n_blocks, recycler.n_blocks);
    ck_assert(recycler.n_blocks <= 48 && recycler.n_bytes <= (size_t)64 << 20);
  }
  dicrec__recycler_empty(&allocator);
  ck_assert_uint_eq(memory.n_blocks, 0);
}
END_TEST

START_TEST(what_is_kept_is_given_back_when_memory_is_short) {
  counted_memory memory = {0};
  dicrec_context *own = make_counted_context(&memory);
  dicrec__allocator allocator = own->allocator;
  dicrec__recycler recycler = {0};
  allocator.recycler = &recycler;
  void *block = dicrec__allocate(&allocator, 50000, 1);
  dicrec__release(&allocator, block);
  memory.limit = 60000;
  const size_t before = memory.n_blocks;
  ck_assert_ptr_null(dicrec__allocate(&allocator, 200000, 1));
  ck_assert_uint_eq(memory.n_blocks, before - 1);
  ck_assert_uint_eq(recycler.n_blocks, 0);
  dicrec_context_free(own);
}
END_TEST

START_TEST(impossible_sizes_are_refused) {
  static const size_t sizes[][2] = {{SIZE_MAX, 1}, {SIZE_MAX, 2},    {SIZE_MAX / 2 + 1, 2}, {1, SIZE_MAX},
                                    {2, SIZE_MAX}, {SIZE_MAX, 8},    {SIZE_MAX / 8, 8},     {SIZE_MAX - 71, 1},
                                    {8, SIZE_MAX}, {3, SIZE_MAX / 2}};
  struct shifted_memory memory = {0};
  const dicrec__allocator allocator = {shifted_allocate, shifted_release, &memory, NULL};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i)
    ck_assert_ptr_null(dicrec__allocate(&allocator, sizes[i][0], sizes[i][1]));
  ck_assert(!memory.was_called);
}
END_TEST

START_TEST(error_text_is_copied_and_cleared) {
  char text[512];
  dicrec_model *model = stg;
  ck_assert_uint_eq(dicrec_context_error(NULL, text, sizeof text), 0);
  ck_assert_str_eq(text, "");
  answers(dicrec_model_open(context, "nobody", &model), DICREC_E_NAME);
  ck_assert_ptr_null(model);
  const size_t length = dicrec_context_error(context, text, sizeof text);
  ck_assert_uint_eq(length, strlen(text));
  ck_assert_ptr_nonnull(strstr(text, "nobody"));
  ck_assert_ptr_null(strchr(text, '\n'));
  ck_assert_uint_eq(dicrec_context_error(context, NULL, 0), length);
  char small[6] = "#####";
  ck_assert_uint_eq(dicrec_context_error(context, small, 5), length);
  ck_assert_int_eq(strncmp(small, text, 4), 0);
  ck_assert_int_eq(small[4], '\0');
  answers(dicrec_model_open(context, "stg", &model), DICREC_OK);
  dicrec_model_free(model);
  ck_assert_uint_eq(dicrec_context_error(context, text, sizeof text), 0);
  char long_name[2000];
  memset(long_name, 'x', sizeof long_name - 1);
  long_name[sizeof long_name - 1] = '\0';
  answers(dicrec_model_open(context, long_name, &model), DICREC_E_NAME);
  ck_assert_uint_lt(dicrec_context_error(context, NULL, 0), 512);
}
END_TEST

/* A locale whose decimal mark is a comma, made for the test if the system has none; false if none can be had. */
static bool use_comma(void) {
  static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "comma"};
  char folder[] = "/tmp/dicrec-locale-XXXXXX", command[256];
  for (int k = 0; k < 3; ++k) {
    if (k == 2) {
      if (mkdtemp(folder) == NULL) return false;
      snprintf(command, sizeof command, "localedef -c -i de_DE -f UTF-8 %s/comma >%s/log 2>&1", folder, folder);
      if (system(command) < 0 || setenv("LOCPATH", folder, 1) != 0) return false;
    }
    const bool found = setlocale(LC_ALL, names[k]) != NULL && localeconv()->decimal_point[0] == ',';
    if (k == 2) {
      snprintf(command, sizeof command, "rm -r %s", folder);
      if (system(command) != 0) return false;
    }
    if (found) return true;
  }
  return false;
}

START_TEST(texts_have_decimal_points_in_every_locale) {
  if (!use_comma()) {
    printf("SKIPPED: there is no locale with a decimal comma\n");
    return;
  }
  char text[32];
  snprintf(text, sizeof text, "%g", 0.5);
  ck_assert_str_eq(text, "0,5");
  dicrec__fail_range(context, "a number", 0.25, "1 to 2");
  ck_assert_ptr_nonnull(strstr(error_text(), "0.25"));
  snprintf(text, sizeof text, "%g", 0.5); /* the host's locale stays as it was */
  ck_assert_str_eq(text, "0,5");
  setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(contexts_refuse_bad_options) {
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  dicrec_context *made = context;
  ck_assert_int_eq(dicrec_context_create(NULL, NULL), DICREC_E_ARGUMENT);
  options.allocate = shifted_allocate;
  ck_assert_int_eq(dicrec_context_create(&options, &made), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(made);
  options.allocate = NULL;
  options.reserved = 1;
  ck_assert_int_eq(dicrec_context_create(&options, &made), DICREC_E_OPTION);
  options.reserved = 0;
  options.struct_size = 0;
  ck_assert_int_eq(dicrec_context_create(&options, &made), DICREC_E_OPTION);
  dicrec_context_free(NULL);
}
END_TEST

START_TEST(objects_outlive_their_context) {
  counted_memory memory = {0};
  dicrec_context *own = make_counted_context(&memory);
  dicrec_spikes *spikes;
  dicrec_model *model;
  const double times[] = {1.0, 2.0};
  ck_assert_int_eq(dicrec_spikes_create(own, times, 2, NULL, &spikes), DICREC_OK);
  ck_assert_int_eq(dicrec_model_open(own, "da", &model), DICREC_OK);
  dicrec_context_free(own);
  ck_assert_uint_eq(dicrec_spikes_count(spikes), 2);
  ck_assert_str_eq(dicrec_model_name(model), "da");
  dicrec_spikes_free(spikes);
  dicrec_model_free(model);
  ck_assert_uint_eq(memory.n_blocks, 0);
}
END_TEST

struct sample_options {
  uint32_t struct_size;
  int32_t a;
  double b, c;
};

static const struct sample_options sample_defaults = {sizeof(struct sample_options), 7, 2.5, -1.0};

static dicrec_status read_sample(const void *from, struct sample_options *to) {
  *to = sample_defaults;
  return dicrec__options_read(context, "sample", from, to, sizeof *to);
}

START_TEST(options_are_initialised_within_their_size) {
  for (size_t size = 0; size <= 64; ++size) {
    union {
      unsigned char bytes[80];
      struct sample_options options;
    } caller;
    memset(&caller, 0xEE, sizeof caller);
    dicrec__options_init(&caller, size, &sample_defaults, sizeof sample_defaults);
    for (size_t i = size; i < sizeof caller; ++i) ck_assert_uint_eq(caller.bytes[i], 0xEE);
    if (size < sizeof(uint32_t)) continue;
    const bool is_size = size >= 8 && size % 8 == 0; /* any other ends inside a field */
    ck_assert_uint_eq(caller.options.struct_size, is_size ? size : 0);
    for (size_t i = sizeof(uint32_t); i < sizeof caller && !is_size; ++i) ck_assert_uint_eq(caller.bytes[i], 0xEE);
    if (!is_size) continue;
    if (size >= 8) ck_assert_int_eq(caller.options.a, 7);
    if (size >= 24) ck_assert_double_eq(caller.options.c, -1.0);
    for (size_t i = sizeof sample_defaults; i < size; ++i) ck_assert_uint_eq(caller.bytes[i], 0);
  }
  dicrec__options_init(NULL, 100, &sample_defaults, sizeof sample_defaults);
  struct sample_options wild = {.struct_size = 24, .a = 5};
  dicrec__options_init(&wild, 0xAAAAAAA8U, &sample_defaults, sizeof sample_defaults);
  ck_assert(wild.struct_size == 0 && wild.a == 5);
}
END_TEST

START_TEST(structs_of_no_version_are_refused) {
  for (uint32_t size = 0; size <= 80; ++size) {
    struct sample_options caller[4] = {{.struct_size = size, .a = 1}}, known;
    const bool is_size = size >= 8 && size % 8 == 0;
    answers(read_sample(caller, &known), is_size ? DICREC_OK : DICREC_E_OPTION);
    memset(&caller[0].a, 0xEE, sizeof caller - sizeof size);
    answers(dicrec__struct_copy(&sample_defaults, sizeof sample_defaults, caller),
            is_size ? DICREC_OK : DICREC_E_ARGUMENT);
    const unsigned char *bytes = (const unsigned char *)caller;
    const size_t filled = is_size && size > sizeof sample_defaults ? sizeof sample_defaults : size;
    ck_assert_uint_eq(caller[0].struct_size, filled); /* what was filled */
    for (size_t i = is_size ? size : sizeof size; i < sizeof caller; ++i) ck_assert_uint_eq(bytes[i], 0xEE);
    for (size_t i = sizeof size; i < size && is_size; ++i)
      ck_assert_uint_eq(bytes[i], i < sizeof sample_defaults ? ((const unsigned char *)&sample_defaults)[i] : 0);
  }
  static const uint32_t wild[] = {65544, 0x7FFFFFF8, 0xAAAAAAA8, 0xAAAAAAAA, UINT32_MAX};
  for (size_t i = 0; i < sizeof wild / sizeof wild[0]; ++i) {
    struct sample_options caller = {.struct_size = wild[i]};
    answers(dicrec__struct_copy(&sample_defaults, sizeof sample_defaults, &caller), DICREC_E_ARGUMENT);
  }
  answers(dicrec__struct_copy(&sample_defaults, sizeof sample_defaults, NULL), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(options_of_other_versions_are_read) {
  struct sample_options known;
  answers(read_sample(NULL, &known), DICREC_OK);
  ck_assert_int_eq(known.a, 7);
  struct {
    struct sample_options options;
    double later[2];
  } caller = {{sizeof caller, 1, 2.0, 3.0}, {0.0, 0.0}};
  answers(read_sample(&caller, &known), DICREC_OK);
  ck_assert_int_eq(known.a, 1);
  ck_assert_double_eq(known.c, 3.0);
  ck_assert_uint_eq(known.struct_size, sizeof known);
  caller.later[1] = 1.0;
  answers(read_sample(&caller, &known), DICREC_E_OPTION);
  ck_assert_ptr_nonnull(strstr(error_text(), "sample"));
  caller.options.struct_size = 16; /* an older caller: b is the last that it knows */
  answers(read_sample(&caller, &known), DICREC_OK);
  ck_assert_double_eq(known.b, 2.0);
  ck_assert_double_eq(known.c, -1.0);
  static const uint32_t bad[] = {0, 1, 4, 7, 12, 20, 28, 65537, 65544, UINT32_MAX};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    caller.options.struct_size = bad[i];
    answers(read_sample(&caller, &known), DICREC_E_OPTION);
  }
}
END_TEST

enum { MAX_ITEMS = 1000 };

struct counted_work {
  int n_threads;
  atomic_int counts[MAX_ITEMS];
};

static void count_items(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  struct counted_work *work = user;
  const int index = dicrec__worker_index(worker);
  if (index < 0 || index >= work->n_threads || end > MAX_ITEMS || begin >= end) abort();
  for (size_t i = begin; i < end; ++i) atomic_fetch_add(&work->counts[i], 1);
}

START_TEST(workers_do_every_item_once) {
  static const size_t items[] = {1, 2, 7, 8, 999, 1000}, chunks[] = {1, 7, 64, 5000};
  for (int n_threads = 1; n_threads <= 4; ++n_threads)
    for (size_t i = 0; i < sizeof items / sizeof items[0]; ++i)
      for (size_t c = 0; c < sizeof chunks / sizeof chunks[0]; ++c) {
        struct counted_work work = {.n_threads = n_threads};
        answers(dicrec__workers_run(context, n_threads, items[i], chunks[c], 0.0, count_items, &work), DICREC_OK);
        for (size_t k = 0; k < MAX_ITEMS; ++k) ck_assert_int_eq(atomic_load(&work.counts[k]), k < items[i] ? 1 : 0);
      }
  struct counted_work none = {.n_threads = 1};
  answers(dicrec__workers_run(context, 4, 0, 8, 0.0, count_items, &none), DICREC_OK);
}
END_TEST

START_TEST(workers_can_be_cancelled) {
  for (int n_threads = 1; n_threads <= 4; ++n_threads) {
    int n_calls = 3;
    dicrec_context *own = make_cancelling_context(&n_calls);
    struct counted_work work = {.n_threads = n_threads};
    const dicrec_status status = dicrec__workers_run(own, n_threads, MAX_ITEMS, 1, 0.0, count_items, &work);
    size_t n_done = 0;
    for (size_t k = 0; k < MAX_ITEMS; ++k) n_done += (size_t)atomic_load(&work.counts[k]);
    /* other threads may finish all before the calling thread has had three turns */
    ck_assert_int_eq(status, n_done < MAX_ITEMS ? DICREC_E_CANCELLED : DICREC_OK);
    if (n_threads == 1) ck_assert_uint_eq(n_done, 2); /* the first report comes before any work */
    dicrec_context_free(own);
  }
}
END_TEST

START_TEST(workers_can_be_cancelled_before_any_work) {
  for (int n_threads = 1; n_threads <= 4; ++n_threads) {
    int n_calls = 1;
    dicrec_context *own = make_cancelling_context(&n_calls);
    struct counted_work work = {.n_threads = n_threads};
    ck_assert_int_eq(dicrec__workers_run(own, n_threads, MAX_ITEMS, 1, 0.0, count_items, &work), DICREC_E_CANCELLED);
    for (size_t k = 0; k < MAX_ITEMS; ++k) ck_assert_int_eq(atomic_load(&work.counts[k]), 0);
    dicrec_context_free(own);
  }
}
END_TEST

/** Two pieces of work: the calling thread's ends at once, the other's when it is told to, or after far too long. */
struct uneven_work {
  atomic_int n_begun;
  atomic_bool was_told;
};

static void work_unevenly(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  (void)begin, (void)end;
  struct uneven_work *work = user;
  const double too_long_s = dicrec__clock_s() + 20.0;
  atomic_fetch_add(&work->n_begun, 1);
  if (dicrec__worker_index(worker) == 0)
    while (atomic_load(&work->n_begun) < 2 && dicrec__clock_s() < too_long_s) continue;
  else
    while (!atomic_load(&work->was_told) && dicrec__clock_s() < too_long_s)
      atomic_store(&work->was_told, dicrec__worker_stopped(worker));
}

START_TEST(the_calling_thread_reports_while_it_waits) {
  int n_calls = 5; /* more than there is anything to report of by itself */
  dicrec_context *own = make_cancelling_context(&n_calls);
  struct uneven_work work = {0};
  ck_assert_int_eq(dicrec__workers_run(own, 2, 2, 1, 0.0, work_unevenly, &work), DICREC_E_CANCELLED);
  ck_assert(atomic_load(&work.was_told));
  dicrec_context_free(own);
}
END_TEST

START_TEST(work_of_one_thread_reports_now_and_then) {
  int n_calls = 3;
  dicrec_context *own = make_cancelling_context(&n_calls);
  double reported_s = 0.0;
  ck_assert(!dicrec__progress_due(own, &reported_s, 0, 9));
  ck_assert_int_eq(n_calls, 2); /* at once */
  const double first_s = reported_s, too_long_s = dicrec__clock_s() + 20.0;
  while (!dicrec__progress_due(own, &reported_s, 1, 9) && dicrec__clock_s() < too_long_s) continue;
  ck_assert_int_eq(n_calls, 0);
  ck_assert_double_ge(reported_s - first_s, 0.04); /* two more, some 20 ms apart */
  dicrec_context_free(own);
  ck_assert(!dicrec__progress_due(context, &reported_s, 1, 9)); /* without a callback */
  ck_assert(!dicrec__progress_due(NULL, &reported_s, 1, 9));
}
END_TEST

START_TEST(limits_fill_and_check) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  ck_assert(options.time_scale == 0.0 && options.support_limit == 0.01); /* 0 is a value of the latter alone */
  answers(dicrec__limits_apply(context, DICREC__estimate, &options), DICREC_OK);
  ck_assert(options.n_threads == 1 && options.time_scale == 1.0);
  options.support_limit = 0.0;
  options.n_threads = DICREC_MAX_THREADS;
  answers(dicrec__limits_apply(context, DICREC__estimate, &options), DICREC_OK);
  ck_assert(options.support_limit == 0.0 && options.n_threads == DICREC_MAX_THREADS);
  options.n_threads = -1;
  answers(dicrec__limits_apply(context, DICREC__estimate, &options), DICREC_E_RANGE);
  ck_assert_str_eq(error_text(), "n_threads is -1, allowed is 1 to 256");
  options.n_threads = DICREC_MAX_THREADS + 1;
  answers(dicrec__limits_apply(context, DICREC__estimate, &options), DICREC_E_RANGE);
}
END_TEST

static void give_back_nothing(void *user, void *pointer) { (void)user, (void)pointer; }

static void options_are(const dicrec_context_options *options, dicrec_status expected, const char *text) {
  char copied[128];
  dicrec_context *made = NULL;
  ck_assert_int_eq(dicrec_context_create(options, &made), expected);
  ck_assert_uint_eq(dicrec_context_options_error(options, copied, sizeof copied), strlen(text));
  ck_assert_str_eq(copied, text);
  dicrec_context_free(made);
}

/* There is no context that could hold the text. */
START_TEST(refused_options_of_a_context_are_explained) {
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options_are(NULL, DICREC_OK, "");
  options_are(&options, DICREC_OK, "");
  options.reserved = 3;
  options_are(&options, DICREC_E_OPTION, "reserved is 3, allowed is 0");
  options.reserved = 0;
  options.release = give_back_nothing;
  options_are(&options, DICREC_E_ARGUMENT, "of allocate and release one is set, allowed are both or neither");
}
END_TEST

static void receive_line(void *user, int32_t level, const char *message) {
  ck_assert_int_eq(level, DICREC_LOG_WARNING);
  ck_assert_str_eq(message, "3 of 4");
  *(int *)user += 1;
}

START_TEST(log_lines_reach_the_callback) {
  int n_lines = 0;
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.log = receive_line;
  options.log_user = &n_lines;
  dicrec_context *own;
  ck_assert_int_eq(dicrec_context_create(&options, &own), DICREC_OK);
  dicrec__log(own, DICREC_LOG_WARNING, "%d of %d", 3, 4);
  ck_assert_int_eq(n_lines, 1);
  dicrec__log(context, DICREC_LOG_WARNING, "nobody listens");
  dicrec_context_free(own);
}
END_TEST

START_TEST(arrays_are_copied_where_there_is_room) {
  const double from[2] = {1.0, 2.0};
  double to[2] = {0.0, 0.0};
  ck_assert_int_eq(dicrec__copy_out(from, 2, sizeof *from, to, 1), DICREC_E_BUFFER);
  ck_assert_int_eq(dicrec__copy_out(from, 2, sizeof *from, NULL, 2), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec__copy_out(NULL, 2, sizeof *from, to, 2), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec__copy_out(NULL, 0, sizeof *from, NULL, 0), DICREC_OK);
  ck_assert(to[0] == 0.0 && to[1] == 0.0);
  ck_assert_int_eq(dicrec__copy_out(from, 2, sizeof *from, to, 3), DICREC_OK);
  ck_assert(same_bytes(from, to, 2));
}
END_TEST

START_TEST(a_part_of_a_call_has_progress_and_text_of_its_own) {
  int n_calls = 2;
  dicrec_context child;
  dicrec__child_begin(&child, context, cancel_after, &n_calls);
  ck_assert(!dicrec__progress(&child, 0, 1) && dicrec__progress(&child, 1, 1));
  ck_assert(!dicrec__progress(context, 1, 1));
  dicrec__fail(&child, DICREC_E_RANGE, "of the part");
  ck_assert_int_eq(dicrec__child_end(&child, context, DICREC_OK), DICREC_OK);
  ck_assert_str_eq(error_text(), "");
  ck_assert_int_eq(dicrec__child_end(&child, context, DICREC_E_RANGE), DICREC_E_RANGE);
  ck_assert_str_eq(error_text(), "of the part");
}
END_TEST

Suite *core_suite(void) {
  Suite *suite = suite_create("core");
  TCase *tests = tcase_create("core");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, statuses_have_names_and_texts);
  tcase_add_test(tests, version_is_the_headers);
  tcase_add_test(tests, memory_is_aligned_and_zeroed);
  tcase_add_test(tests, large_blocks_are_taken_again);
  tcase_add_test(tests, what_is_kept_is_bounded);
  tcase_add_test(tests, what_is_kept_is_given_back_when_memory_is_short);
  tcase_add_test(tests, impossible_sizes_are_refused);
  tcase_add_test(tests, error_text_is_copied_and_cleared);
  tcase_add_test(tests, texts_have_decimal_points_in_every_locale);
  tcase_add_test(tests, contexts_refuse_bad_options);
  tcase_add_test(tests, objects_outlive_their_context);
  tcase_add_test(tests, options_are_initialised_within_their_size);
  tcase_add_test(tests, options_of_other_versions_are_read);
  tcase_add_test(tests, structs_of_no_version_are_refused);
  tcase_add_test(tests, workers_do_every_item_once);
  tcase_add_test(tests, workers_can_be_cancelled);
  tcase_add_test(tests, workers_can_be_cancelled_before_any_work);
  tcase_add_test(tests, the_calling_thread_reports_while_it_waits);
  tcase_add_test(tests, work_of_one_thread_reports_now_and_then);
  tcase_add_test(tests, limits_fill_and_check);
  tcase_add_test(tests, refused_options_of_a_context_are_explained);
  tcase_add_test(tests, log_lines_reach_the_callback);
  tcase_add_test(tests, arrays_are_copied_where_there_is_room);
  tcase_add_test(tests, a_part_of_a_call_has_progress_and_text_of_its_own);
  suite_add_tcase(suite, tests);
  return suite;
}
