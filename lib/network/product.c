/* SPDX-License-Identifier: MIT */
#include "network/product.h"

#include "core/kernel_choice.h"

void dicrec__multiply(const dicrec__product *product) { DICREC__BEST_KERNEL(dicrec__product_)->multiply(product); }

void dicrec__finish(const dicrec__product *product) { DICREC__BEST_KERNEL(dicrec__product_)->finish(product); }
