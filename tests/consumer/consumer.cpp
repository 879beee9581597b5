/* SPDX-License-Identifier: MIT */
/** @file consumer.cpp The least C++ program that uses an installed libdicrec. */
#include <dicrec.h>

#include <iostream>
#include <memory>

int main() {
  dicrec_context *raw = nullptr;
  if (dicrec_context_create(nullptr, &raw) != DICREC_OK) return 1;
  const std::unique_ptr<dicrec_context, void (*)(dicrec_context *)> context(raw, dicrec_context_free);
  dicrec_model *model = nullptr;
  const dicrec_status status = dicrec_model_open(context.get(), "no such model", &model);
  std::cout << "dicrec " << dicrec_version() << ": " << dicrec_status_name(status) << '\n';
  return status == DICREC_E_NAME ? 0 : 1;
}
