/* SPDX-License-Identifier: MIT */
/** @file test_lifetimes.c Objects that stand on each other are freed in random orders, on several threads at once. */
#include <pthread.h>
#include <stdatomic.h>

#include "core/random.h"
#include "dicrec.h"
#include "support/fixture.h"

Suite *lifetimes_suite(void);

/** An object, and how one of its owners gives it up. */
struct owned {
  void *object;
  void (*give_up)(void *object);
};

enum { MOST = 40, ORDERS = 200, THREADS = 3 };

/** All that is owned, in the order in which it is given up. */
struct heap {
  struct owned items[MOST];
  size_t n;
  atomic_size_t next;
};

#define GIVES_UP(noun)                                                                                                 \
  static void give_up_##noun(void *object) { dicrec_##noun##_free(object); }

GIVES_UP(context)
GIVES_UP(model)
GIVES_UP(spikes)
GIVES_UP(estimator)
GIVES_UP(posterior)
GIVES_UP(stream)
GIVES_UP(population)
GIVES_UP(simulation)
GIVES_UP(reconstruction)

static void own(struct heap *heap, void *object, void (*give_up)(void *object)) {
  ck_assert_ptr_nonnull(object);
  ck_assert_uint_lt(heap->n, MOST);
  heap->items[heap->n++] = (struct owned){object, give_up};
}

/* Twice, for two owners. */
#define OWN(heap, noun, object)                                                                                        \
  do {                                                                                                                 \
    own(heap, object, give_up_##noun);                                                                                 \
    own(heap, dicrec_##noun##_retain(object), give_up_##noun);                                                         \
  } while (0)

static const double times_ms[] = {0, 60, 121, 180, 241, 300, 361, 420, 482, 540};
enum { N_TIMES = sizeof times_ms / sizeof times_ms[0] };

static void own_members(struct heap *heap, dicrec_context *of, const dicrec_model *model) {
  const double target[2] = {-5.0, 8.0};
  dicrec_population *members;
  answers(dicrec_generate(of, model, target, 1, 2, 2, NULL, &members), DICREC_OK);
  OWN(heap, population, members);
  double g[2 * 8];
  answers(dicrec_population_copy_conductances(members, DICREC_STAGE_FINAL, g, 16), DICREC_OK);
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = 20.0;
  options.trace_dt_ms = 1.0;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(of, model, g, 2, &options, &simulation), DICREC_OK);
  OWN(heap, simulation, simulation);
}

static void own_answers(struct heap *heap, dicrec_context *of, const dicrec_estimator *estimator,
                        const dicrec_spikes *spikes) {
  dicrec_posterior *posterior;
  ck_assert_int_ge(dicrec_estimate(of, estimator, spikes, NULL, &posterior), 0);
  OWN(heap, posterior, posterior);
  dicrec_stream *stream;
  answers(dicrec_stream_create(of, estimator, NULL, &stream), DICREC_OK);
  answers(dicrec_stream_push(stream, times_ms, N_TIMES), DICREC_OK);
  const dicrec_posterior *lent;
  ck_assert_int_ge(dicrec_stream_posterior(stream, &lent), 0);
  own(heap, stream, give_up_stream);
  own(heap, dicrec_posterior_retain(lent), give_up_posterior);
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.screening = DICREC_SCREENING_OFF;
  dicrec_reconstruction *reconstruction;
  ck_assert_int_ge(dicrec_reconstruct(of, estimator, spikes, 2, &options, &reconstruction), 0);
  OWN(heap, reconstruction, reconstruction);
  own(heap, dicrec_posterior_retain(dicrec_reconstruction_posterior(reconstruction)), give_up_posterior);
  own(heap, dicrec_population_retain(dicrec_reconstruction_population(reconstruction)), give_up_population);
}

/* One of everything, from a context, a model and an estimator of its own. */
static void fill(struct heap *heap) {
  heap->n = 0;
  atomic_store(&heap->next, 0);
  dicrec_context *of;
  dicrec_model *model;
  dicrec_estimator *estimator;
  dicrec_spikes *spikes;
  ck_assert_int_eq(dicrec_context_create(NULL, &of), DICREC_OK);
  answers(dicrec_model_open(of, "stg", &model), DICREC_OK);
  answers(dicrec_estimator_create(of, model, NULL, &estimator), DICREC_OK);
  answers(dicrec_spikes_create(of, times_ms, N_TIMES, NULL, &spikes), DICREC_OK);
  own_members(heap, of, model);
  own_answers(heap, of, estimator, spikes);
  own(heap, of, give_up_context);
  OWN(heap, model, model);
  OWN(heap, estimator, estimator);
  OWN(heap, spikes, spikes);
}

static void shuffle(struct heap *heap, dicrec__random *random) {
  for (size_t i = heap->n; i > 1; --i) {
    const size_t k = (size_t)(dicrec__random_bits(random) % i);
    const struct owned kept = heap->items[i - 1];
    heap->items[i - 1] = heap->items[k];
    heap->items[k] = kept;
  }
}

static void *give_up_all(void *argument) {
  struct heap *heap = argument;
  for (size_t i; (i = atomic_fetch_add(&heap->next, 1)) < heap->n;) heap->items[i].give_up(heap->items[i].object);
  return NULL;
}

START_TEST(any_order_on_any_thread) {
  static struct heap heap;
  dicrec__random random;
  dicrec__random_start(&random, 1, DICREC__PURPOSE_NOISE, 1, 0);
  for (int order = 0; order < ORDERS; ++order) {
    fill(&heap);
    shuffle(&heap, &random);
    pthread_t threads[THREADS];
    int n_started = 0;
    while (n_started < THREADS && pthread_create(&threads[n_started], NULL, give_up_all, &heap) == 0) ++n_started;
    give_up_all(&heap); /* the thread that made them too */
    for (int k = 0; k < n_started; ++k) pthread_join(threads[k], NULL);
  }
}
END_TEST

START_TEST(nothing_is_no_owner) {
  ck_assert_ptr_null(dicrec_model_retain(NULL));
  ck_assert_ptr_null(dicrec_spikes_retain(NULL));
  ck_assert_ptr_null(dicrec_estimator_retain(NULL));
  ck_assert_ptr_null(dicrec_posterior_retain(NULL));
  ck_assert_ptr_null(dicrec_population_retain(NULL));
  ck_assert_ptr_null(dicrec_simulation_retain(NULL));
  ck_assert_ptr_null(dicrec_reconstruction_retain(NULL));
}
END_TEST

Suite *lifetimes_suite(void) {
  Suite *suite = suite_create("lifetimes");
  TCase *tests = tcase_create("lifetimes");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, any_order_on_any_thread);
  tcase_add_test(tests, nothing_is_no_owner);
  suite_add_tcase(suite, tests);
  return suite;
}
