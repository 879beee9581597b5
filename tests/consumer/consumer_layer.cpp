/* SPDX-License-Identifier: MIT */
/** @file consumer_layer.cpp The least program that uses the installed layer for C++. */
#include <dicrec.hpp>

#include <iostream>

int main() {
  try {
    const dicrec::model model("no such model");
  } catch (const dicrec::argument_error &error) {
    std::cout << "dicrec " << dicrec::version() << ": " << error.name() << '\n';
    return error.status() == dicrec::status::e_name ? 0 : 1;
  }
  return 1;
}
