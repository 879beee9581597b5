/* SPDX-License-Identifier: MIT */
/**
 * @file plot_axes.c
 * Axes, ticks and labels of a panel.
 */
#include "plot/plot_axes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tables/text_buffer.h"

enum { TICK_DIGITS = 6 };
static const double AXIS_WIDTH = 0.5;
static const double TICK_LENGTH = 2.5;
static const double AXIS_GAP = 4.0; /* between the data and its axes */
static const double SUBSCRIPT_SIZE = 0.72;
static const double SUBSCRIPT_DROP = 0.22;

plot_axis plot_axis_linear(double low, double high, int n_ticks) {
  double rough = (high - low) / n_ticks;
  double power = pow(10, floor(log10(rough)));
  static const double rounds[] = {1, 2, 2.5, 5, 10};
  double step = 10 * power;
  for (size_t i = sizeof rounds / sizeof *rounds; i-- > 0;)
    if (rounds[i] * power >= rough * (1 - 1e-9)) step = rounds[i] * power;
  return (plot_axis){.low = low, .high = high, .step = step};
}

plot_axis plot_axis_log(double low, double high) {
  double base = high / low > 64 ? 10 : 2;
  return (plot_axis){.low = pow(base, floor(log(low) / log(base) + 1e-9)),
                     .high = pow(base, ceil(log(high) / log(base) - 1e-9)),
                     .step = base,
                     .is_log = true};
}

/* 1, 2, 5, 10, 20, ... by their place from 0 on; 0.5 is at -1. */
static double round_number(int place) {
  static const double leads[] = {1, 2, 5};
  int decade = (int)floor(place / 3.0);
  return leads[place - 3 * decade] * pow(10, decade);
}

/* Place of the last round number that is not above a value. */
static int round_place(double value) {
  int place = 3 * (int)floor(log10(value));
  while (round_number(place + 1) <= value * (1 + 1e-9)) ++place;
  return place;
}

plot_axis plot_axis_round(double low, double high) {
  if (high / low > 300) return plot_axis_log(low, high);
  int first = round_place(low), last = round_place(high);
  if (round_number(last) < high * (1 - 1e-9)) ++last;
  return (plot_axis){.low = round_number(first), .high = round_number(last), .is_log = true};
}

/* Share of the axis that lies below a value. */
static double axis_share(const plot_axis *axis, double value) {
  if (axis->is_log) return log(value / axis->low) / log(axis->high / axis->low);
  return (value - axis->low) / (axis->high - axis->low);
}

double plot_x(const plot_panel *panel, double value) {
  return panel->left + panel->width * axis_share(&panel->x, value);
}

double plot_y(const plot_panel *panel, double value) {
  return panel->top + panel->height * (1 - axis_share(&panel->y, value));
}

/* The tick of this number, or false beyond the last. */
static bool axis_tick(const plot_axis *axis, int number, double *value) {
  if (axis->is_log && axis->step > 0) *value = axis->low * pow(axis->step, number);
  else if (axis->is_log) *value = round_number(round_place(axis->low) + number);
  else *value = (ceil(axis->low / axis->step - 1e-6) + number) * axis->step;
  if (fabs(*value) < 1e-9 * axis->step) *value = 0;
  double slack = 1e-6 * (axis->is_log ? axis->high : axis->step);
  return *value <= axis->high + slack;
}

void plot_number(char *text, size_t size, double value, int digits) {
  snprintf(text, size, "%s%.*g", value < 0 ? "\xE2\x88\x92" : "", digits, fabs(value));
}

static double text_width(cairo_t *page, const char *text, double size) {
  cairo_text_extents_t extents;
  cairo_set_font_size(page, size);
  cairo_text_extents(page, text, &extents);
  return extents.x_advance;
}

/* Draw, or only measure, text; what follows PLOT_SUB up to the next blank is a subscript. Returns its width. */
static double run_text(cairo_t *page, double x, double y, const char *text, double size, bool draws) {
  double start = x;
  bool is_subscript = false;
  while (*text != '\0') {
    char piece[128];
    size_t length = is_subscript ? strcspn(text, " " PLOT_SUB) : strcspn(text, PLOT_SUB);
    if (length >= sizeof piece) {
      length = sizeof piece - 1;
      while (length > 1 && ((unsigned char)text[length] & 0xC0) == 0x80) --length; /* whole characters */
    }
    memcpy(piece, text, length);
    piece[length] = '\0';
    double piece_size = is_subscript ? SUBSCRIPT_SIZE * size : size;
    double advance = text_width(page, piece, piece_size);
    if (draws) {
      cairo_move_to(page, x, y + (is_subscript ? SUBSCRIPT_DROP * size : 0));
      cairo_show_text(page, piece);
    }
    x += advance;
    text += length;
    is_subscript = *text == PLOT_SUB[0];
    text += is_subscript;
  }
  return x - start;
}

void plot_text(cairo_t *page, double x, double y, const char *text, plot_anchor anchor, double size, double shade) {
  double width = run_text(page, 0, 0, text, size, false);
  double shift = anchor == PLOT_CENTRED ? width / 2 : anchor == PLOT_FROM_RIGHT ? width : 0;
  cairo_set_source_rgb(page, shade, shade, shade);
  run_text(page, x - shift, y, text, size, true);
}

void plot_text_upwards(cairo_t *page, double x, double y, const char *text) {
  cairo_save(page);
  cairo_translate(page, x, y);
  cairo_rotate(page, -acos(-1.0) / 2);
  plot_text(page, 0, 0, text, PLOT_CENTRED, PLOT_TEXT_SIZE, 0);
  cairo_restore(page);
}

void plot_text_within(cairo_t *page, double x, double y, const char *text, double width, plot_colour colour) {
  static const char ellipsis[] = " \xE2\x80\xA6";
  text_buffer line = {0};
  text_buffer_format(&line, "%s", text);
  for (size_t length = line.length; text_width(page, line.bytes, PLOT_TEXT_SIZE) > width && length > 0;) {
    while (length > 0 && text[--length] != ' ') {
    }
    line.length = length;
    text_buffer_format(&line, "%s", ellipsis);
  }
  cairo_set_source_rgb(page, colour.red, colour.green, colour.blue);
  run_text(page, x, y, line.bytes, PLOT_TEXT_SIZE, true);
  text_buffer_free(&line);
}

void plot_fill(cairo_t *page, plot_colour colour) {
  cairo_set_source_rgb(page, colour.red, colour.green, colour.blue);
  cairo_fill(page);
}

void plot_stroke(cairo_t *page, double width, double shade) {
  cairo_set_line_width(page, width);
  cairo_set_source_rgb(page, shade, shade, shade);
  cairo_stroke(page);
}

void plot_line(cairo_t *page, double x0, double y0, double x1, double y1, double width, double shade) {
  cairo_move_to(page, x0, y0);
  cairo_line_to(page, x1, y1);
  plot_stroke(page, width, shade);
}

void plot_dot(cairo_t *page, double x, double y, double radius, double shade, double opacity) {
  cairo_set_source_rgba(page, shade, shade, shade, opacity);
  cairo_arc(page, x, y, radius, 0, 2 * acos(-1.0));
  cairo_fill(page);
}

void plot_draw_x_axis(const plot_panel *panel, const char *label) {
  double y = panel->top + panel->height + AXIS_GAP;
  plot_line(panel->page, panel->left, y, panel->left + panel->width, y, AXIS_WIDTH, 0);
  double value;
  for (int i = 0; axis_tick(&panel->x, i, &value); ++i) {
    char text[32];
    plot_number(text, sizeof text, value, TICK_DIGITS);
    plot_line(panel->page, plot_x(panel, value), y, plot_x(panel, value), y + TICK_LENGTH, AXIS_WIDTH, 0);
    plot_text(panel->page, plot_x(panel, value), y + TICK_LENGTH + 7.5, text, PLOT_CENTRED, PLOT_TEXT_SIZE, 0);
  }
  plot_text(panel->page, panel->left + panel->width / 2, y + TICK_LENGTH + 17.5, label, PLOT_CENTRED, PLOT_TEXT_SIZE,
            0);
}

void plot_draw_y_axis(const plot_panel *panel, const char *label) {
  double x = panel->left - AXIS_GAP;
  double widest = 0;
  plot_line(panel->page, x, panel->top, x, panel->top + panel->height, AXIS_WIDTH, 0);
  double value;
  for (int i = 0; axis_tick(&panel->y, i, &value); ++i) {
    char text[32];
    plot_number(text, sizeof text, value, TICK_DIGITS);
    double y = plot_y(panel, value);
    plot_line(panel->page, x - TICK_LENGTH, y, x, y, AXIS_WIDTH, 0);
    plot_text(panel->page, x - TICK_LENGTH - 2, y + 2.5, text, PLOT_FROM_RIGHT, PLOT_TEXT_SIZE, 0);
    widest = fmax(widest, text_width(panel->page, text, PLOT_TEXT_SIZE));
  }
  plot_text_upwards(panel->page, x - TICK_LENGTH - widest - 6, panel->top + panel->height / 2, label);
}

void plot_letter(const plot_panel *panel, const char *letter) {
  cairo_select_font_face(panel->page, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  plot_text(panel->page, panel->left - 34, panel->top - 1, letter, PLOT_FROM_LEFT, 9, 0);
  cairo_select_font_face(panel->page, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
}
