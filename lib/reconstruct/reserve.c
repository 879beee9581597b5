/* SPDX-License-Identifier: MIT */
#include "reconstruct/reserve.h"

#include <string.h>

#include "reconstruct/diversity.h"

bool dicrec__reserve_create(const dicrec__allocator *allocator, size_t most, dicrec__reserve *reserve) {
  *reserve = (dicrec__reserve){.most = most};
  reserve->candidates = dicrec__allocate_unset(allocator, 2 * most, sizeof *reserve->candidates);
  reserve->order = dicrec__allocate_unset(allocator, 2 * most, sizeof *reserve->order);
  return reserve->candidates != NULL && reserve->order != NULL;
}

void dicrec__reserve_release(dicrec__reserve *reserve, const dicrec__allocator *allocator) {
  dicrec__release(allocator, reserve->order);
  dicrec__release(allocator, reserve->candidates);
}

/* Bring the candidates in order and drop all but the nearest. */
static void sort(dicrec__reserve *reserve) {
  dicrec__nearest_order(reserve->candidates, reserve->n, reserve->order);
  if (reserve->n > reserve->most) reserve->n = reserve->most;
}

void dicrec__reserve_add(dicrec__reserve *reserve, const dicrec__candidate *candidate) {
  if (reserve->n == 2 * reserve->most) sort(reserve);
  reserve->candidates[reserve->n++] = *candidate;
}

size_t dicrec__reserve_count(dicrec__reserve *reserve, size_t n, double tolerance) {
  size_t count = 0;
  sort(reserve);
  while (count < reserve->n && count < n && reserve->candidates[count].mismatch <= tolerance) ++count;
  return count;
}

size_t dicrec__reserve_take(dicrec__reserve *reserve, size_t n, dicrec__candidate *taken) {
  if (n == 0) return 0; /* as most searches end: nothing needs an order */
  sort(reserve);
  const size_t now = n < reserve->n ? n : reserve->n;
  memcpy(taken, reserve->candidates, now * sizeof *taken);
  reserve->n -= now;
  memmove(reserve->candidates, reserve->candidates + now, reserve->n * sizeof *taken);
  return now;
}
