/* SPDX-License-Identifier: MIT */
/**
 * @file plot_title.c
 * What stands above the panels: what is drawn, its numbers, and what to know before it is believed.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "plot/plot_panels.h"
#include "tables/remark_names.h"
#include "tables/text_buffer.h"

static const double LEFT = 14;
static const double NAME_LINE = 16, NUMBER_LINE = 27, FIRST_REMARK = 39.5, REMARK_PITCH = 9.5;
static const double BAR_WIDTH = 2.5; /* beside the remarks */
static const double GAP = 22;        /* from the last line to the panels */
static const double NUMBER_SHADE = 0.3;
static const plot_colour WARNING = {0.76, 0.21, 0.05};
static const char SEPARATOR[] = "  \xC2\xB7  ";

/* Bytes of the UTF-8 character at `text`, or 0 if there is none. */
static size_t character_length(const char *text) {
  static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned char lead = (unsigned char)*text;
  size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (length < 2) return length;
  unsigned long code = lead & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    if (((unsigned char)text[i] & 0xC0) != 0x80) return 0;
    code = code << 6 | ((unsigned char)text[i] & 0x3FU);
  }
  bool is_surrogate = code >= 0xD800 && code < 0xE000;
  return code >= least[length] && code < 0x110000 && !is_surrogate ? length : 0;
}

/* An ID is free text; a title takes its first characters, a question mark for what is none. */
static void append_id(text_buffer *title, const char *id) {
  enum { MAX_CHARACTERS = 40 };
  for (int i = 0; i < MAX_CHARACTERS && *id != '\0'; ++i) {
    size_t length = character_length(id);
    bool is_drawn = length > 0 && (unsigned char)*id >= ' ';
    text_buffer_append(title, is_drawn ? id : "?", is_drawn ? length : 1);
    id += length > 0 ? length : 1;
  }
}

static void draw_name(cairo_t *page, const plot_data *data) {
  text_buffer title = {0};
  for (const char *letter = data->model_name; *letter != '\0'; ++letter)
    text_buffer_format(&title, "%c", toupper((unsigned char)*letter));
  text_buffer_format(&title, " model%strain ", SEPARATOR);
  append_id(&title, data->id);
  text_buffer_format(&title, "%s%zu of %zu members accepted", SEPARATOR, data->n_accepted, data->n_members);
  plot_text(page, LEFT, NAME_LINE, title.bytes, PLOT_FROM_LEFT, 8, 0);
  text_buffer_free(&title);
}

static void append_noise(text_buffer *numbers, const plot_data *data) {
  text_buffer_format(numbers, "%s", SEPARATOR);
  if (!data->has_noise) text_buffer_format(numbers, "no noise");
  else
    text_buffer_format(numbers, "noise %.2g " PLOT_CURRENT_UNIT "%s", data->noise_std,
                       data->noise_is_fixed ? "" : " (median)");
}

static void draw_numbers(cairo_t *page, const plot_data *data) {
  text_buffer numbers = {0};
  text_buffer_format(&numbers, "input %.3g Hz%ssupport %.2g", data->rate_hz, SEPARATOR, data->support);
  append_noise(&numbers, data);
  if (!isnan(data->spread_kept_min))
    text_buffer_format(&numbers, "%sspread kept %.2f or more", SEPARATOR, data->spread_kept_min);
  if (fabs(data->time_scale - 1) > 1e-9) text_buffer_format(&numbers, "%stime scale %.3g", SEPARATOR, data->time_scale);
  plot_text(page, LEFT, NUMBER_LINE, numbers.bytes, PLOT_FROM_LEFT, PLOT_TEXT_SIZE, NUMBER_SHADE);
  text_buffer_free(&numbers);
}

static size_t count_remarks(const plot_data *data) {
  size_t n = 0;
  for (int32_t left = data->remarks; remark_first(left) != 0; left &= ~remark_first(left)) ++n;
  return n;
}

/* A line each, beside a bar that joins them. */
static void draw_remarks(cairo_t *page, const plot_data *data, double width) {
  double y = FIRST_REMARK;
  int32_t left = data->remarks;
  for (int32_t remark; (remark = remark_first(left)) != 0; left &= ~remark, y += REMARK_PITCH) {
    text_buffer text = {0};
    append_remark_text(&text, remark);
    plot_text_within(page, LEFT + 3 * BAR_WIDTH, y, text.bytes, width - LEFT - 4 * BAR_WIDTH, WARNING);
    text_buffer_free(&text);
  }
  cairo_rectangle(page, LEFT, FIRST_REMARK - 7, BAR_WIDTH, y - FIRST_REMARK);
  plot_fill(page, WARNING);
}

double plot_title_height(const plot_data *data) {
  size_t n = count_remarks(data);
  return (n > 0 ? FIRST_REMARK + REMARK_PITCH * (double)(n - 1) : NUMBER_LINE) + GAP;
}

void plot_title(cairo_t *page, const plot_data *data, double width) {
  draw_name(page, data);
  draw_numbers(page, data);
  if (count_remarks(data) > 0) draw_remarks(page, data, width);
}
