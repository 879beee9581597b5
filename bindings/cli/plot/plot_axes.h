/* SPDX-License-Identifier: MIT */
/**
 * @file plot_axes.h
 * Axes, ticks and labels of a panel. Lengths are in points, the origin is the top left corner of the page.
 */
#ifndef DICREC_CLI_PLOT_AXES_H
#define DICREC_CLI_PLOT_AXES_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

/** Begins a subscript, which ends with the word. */
#define PLOT_SUB "\x1F"

/** Unit of currents per area. */
#define PLOT_CURRENT_UNIT                                                                                              \
  "\xC2\xB5"                                                                                                           \
  "A/cm\xC2\xB2"

/** Sizes of text. */
#define PLOT_TEXT_SIZE  7.0
#define PLOT_SMALL_SIZE 5.5

/** Shades of grey, 0 black. */
#define PLOT_DARK  0.1
#define PLOT_MID   0.45
#define PLOT_LIGHT 0.68

/** A colour, for what is not grey; each part 0 to 1. */
typedef struct plot_colour {
  double red, green, blue;
} plot_colour;

/** One axis: what it covers and where its ticks are. */
typedef struct plot_axis {
  double low;
  double high;
  double step; /* between ticks; ratio between them if logarithmic; 0: ticks at 1, 2, 5, 10, 20, ... */
  bool is_log;
} plot_axis;

/** A rectangle with two axes. */
typedef struct plot_panel {
  cairo_t *page;
  double left, top, width, height;
  plot_axis x, y;
} plot_panel;

/** Where a text stands relative to its point. */
typedef enum plot_anchor { PLOT_FROM_LEFT, PLOT_CENTRED, PLOT_FROM_RIGHT } plot_anchor;

/** A linear axis from `low` to `high` with at most about `n_ticks` ticks at round numbers. */
plot_axis plot_axis_linear(double low, double high, int n_ticks);

/** A logarithmic axis that covers `low` to `high`, with ticks at powers of 2 or of 10. */
plot_axis plot_axis_log(double low, double high);

/** A logarithmic axis that covers `low` to `high`, with ticks at 1, 2, 5, 10, 20, ..., or at powers of 10 if it is
 * long. */
plot_axis plot_axis_round(double low, double high);

/** Place of a value on the page. */
double plot_x(const plot_panel *panel, double value);
double plot_y(const plot_panel *panel, double value);

/** Draw the horizontal or the vertical axis with ticks, numbers and label. */
void plot_draw_x_axis(const plot_panel *panel, const char *label);
void plot_draw_y_axis(const plot_panel *panel, const char *label);

/** Draw text on its base line in grey `shade`. */
void plot_text(cairo_t *page, double x, double y, const char *text, plot_anchor anchor, double size, double shade);

/** Draw text of PLOT_TEXT_SIZE that reads upwards, centred at a point of its base line. */
void plot_text_upwards(cairo_t *page, double x, double y, const char *text);

/** Write a number of at most `digits` digits as a reader writes it, with a true minus sign. */
void plot_number(char *text, size_t size, double value, int digits);

/** Draw text of PLOT_TEXT_SIZE from its left end in a colour; words that `width` has no room for become an ellipsis. */
void plot_text_within(cairo_t *page, double x, double y, const char *text, double width, plot_colour colour);

/** Fill what was outlined, or draw its outline. */
void plot_fill(cairo_t *page, plot_colour colour);
void plot_stroke(cairo_t *page, double width, double shade);

/** Draw the letter of a panel above its left edge. */
void plot_letter(const plot_panel *panel, const char *letter);

/** Draw a line from (x0, y0) to (x1, y1), in points. */
void plot_line(cairo_t *page, double x0, double y0, double x1, double y1, double width, double shade);

/** Draw a dot. */
void plot_dot(cairo_t *page, double x, double y, double radius, double shade, double opacity);

#endif
