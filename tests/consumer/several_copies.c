/* SPDX-License-Identifier: MIT */
/**
 * @file several_copies.c
 * Several copies of the library in one process: the one that the program is linked with, others that it loads by their
 * paths, and one inside of a plugin. All answer the same, and none notices when another goes.
 *
 * Usage: several_copies COPY COPY [PLUGIN]      (copies of the shared library; a plugin that holds an archive)
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"

enum { MAX_COPIES = 4 };

struct copy {
  const char *name;
  void *object; /**< Of the loader. */
  struct answers_library library;
  struct answers_handles handles;
  struct answers answers;
};

static void require(int condition, const char *what, const char *name) {
  if (condition) return;
  fprintf(stderr, "%s: %s\n", name, what);
  exit(EXIT_FAILURE);
}

static void *address(void *object, const char *name) {
  void *found = dlsym(object, name);
  require(found != NULL, "missing", name);
  return found;
}

/** ISO C has no way from an object's address to a function's, POSIX says that the bytes are the same. */
static void set(void *function, void *found) { memcpy(function, &found, sizeof found); }

static void *load(const char *path) {
  void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  require(object != NULL, "cannot be loaded", path);
  return object;
}

static struct copy linked_copy(void) {
  struct copy copy = {.name = "linked"};
#define LINKED(function) copy.library.function = dicrec_##function;
  ANSWERS_FUNCTIONS(LINKED)
  return copy;
}

static struct copy loaded_copy(const char *path) {
  struct copy copy = {.name = path, .object = load(path)};
#define LOADED(function) set(&copy.library.function, address(copy.object, "dicrec_" #function));
  ANSWERS_FUNCTIONS(LOADED)
  return copy;
}

static struct copy plugin_copy(const char *path) {
  struct copy copy = {.name = path, .object = load(path)};
  const struct answers_library *(*plugin_library)(void);
  set(&plugin_library, address(copy.object, "plugin_library"));
  copy.library = *plugin_library();
  return copy;
}

static void require_distinct(const struct copy *copies, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      require(copies[i].library.generate != copies[j].library.generate, "is no copy of its own", copies[i].name);
}

static void compute(struct copy *copy) {
  const dicrec_status status = answers_compute(&copy->library, &copy->handles, &copy->answers);
  require(status >= 0, "fails", copy->name);
}

/** A failure in one copy is no other's. */
static void fail_in(const struct copy *copy, const char *model_name, const struct copy *other) {
  char text[256] = "", silent[256] = "";
  dicrec_model *model = NULL;
  require(copy->library.model_open(copy->handles.context, model_name, &model) < 0, "opens", model_name);
  copy->library.context_error(copy->handles.context, text, sizeof text);
  other->library.context_error(other->handles.context, silent, sizeof silent);
  require(strstr(text, model_name) != NULL, "does not say what failed", copy->name);
  require(strstr(silent, model_name) == NULL, "has another's error", other->name);
}

static void close_copy(struct copy *copy) {
  answers_close(&copy->library, &copy->handles);
  if (copy->object != NULL) require(dlclose(copy->object) == 0, "cannot be unloaded", copy->name);
}

int main(int n_arguments, char **arguments) {
  static const char *const model_names[MAX_COPIES] = {"no-0", "no-1", "no-2", "no-3"};
  static struct copy copies[MAX_COPIES];
  if (n_arguments < 3 || n_arguments > MAX_COPIES) return EXIT_FAILURE;
  const int n = n_arguments;
  copies[0] = linked_copy();
  for (int i = 1; i < n; ++i) copies[i] = i < 3 ? loaded_copy(arguments[i]) : plugin_copy(arguments[i]);
  require_distinct(copies, n);

  for (int i = 0; i < n; ++i)
    require(answers_open(&copies[i].library, &copies[i].handles) == DICREC_OK, "cannot be opened", copies[i].name);
  for (int i = 0; i < n; ++i) compute(&copies[i]);
  const struct answers expected = copies[0].answers;
  for (int i = 0; i < n; ++i) {
    require(memcmp(&copies[i].answers, &expected, sizeof expected) == 0, "answers otherwise", copies[i].name);
    fail_in(&copies[i], model_names[i], &copies[(i + 1) % n]);
  }

  for (int i = 1; i < n; ++i) {
    close_copy(&copies[i]);
    compute(&copies[0]);
    require(memcmp(&copies[0].answers, &expected, sizeof expected) == 0, "answers otherwise", "after an unloading");
  }
  close_copy(&copies[0]);
  printf("%d copies of dicrec %s answer the same\n", n, dicrec_version());
  return EXIT_SUCCESS;
}
