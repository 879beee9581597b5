/* SPDX-License-Identifier: MIT */
#include "dicrec/status.h"

const char *dicrec_status_name(dicrec_status status) {
  switch (status) {
#define NAME(name, value, text)                                                                                        \
  case value:                                                                                                          \
    return #name;
    DICREC_STATUS_LIST(NAME)
#undef NAME
  default:
    return "UNKNOWN";
  }
}

const char *dicrec_status_text(dicrec_status status) {
  switch (status) {
#define TEXT(name, value, text)                                                                                        \
  case value:                                                                                                          \
    return text;
    DICREC_STATUS_LIST(TEXT)
#undef TEXT
  default:
    return "unknown status";
  }
}
