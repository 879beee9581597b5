/* SPDX-License-Identifier: MIT */
/**
 * @file plot.c
 * Lays out the plot of a reconstruction and writes it as SVG, PDF or PNG.
 */
#include "plot.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot_panels.h"

/* The width of two columns of a journal, in points. */
static const double PAGE_WIDTH = 510;
static const double PAGE_HEIGHT = 312;
static const double PNG_PIXELS_PER_POINT = 300.0 / 72;

typedef enum image_format { IMAGE_NONE, IMAGE_SVG, IMAGE_PDF, IMAGE_PNG } image_format;

static image_format format_of(const char *path) {
  static const struct {
    const char *ending;
    image_format format;
  } formats[] = {{".svg", IMAGE_SVG}, {".pdf", IMAGE_PDF}, {".png", IMAGE_PNG}};
  size_t length = strlen(path);
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    size_t matched = 0;
    while (matched < 4 && length > 4 &&
           tolower((unsigned char)path[length - 4 + matched]) == formats[i].ending[matched])
      ++matched;
    if (matched == 4) return formats[i].format;
  }
  return IMAGE_NONE;
}

const char *plot_problem(const char *path) {
  return format_of(path) == IMAGE_NONE ? "its name must end in .svg, .pdf or .png" : NULL;
}

static cairo_status_t append_bytes(void *image, const unsigned char *bytes, unsigned int length) {
  text_buffer_append(image, (const char *)bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *open_surface(image_format format, text_buffer *image) {
  if (format == IMAGE_SVG) return cairo_svg_surface_create_for_stream(append_bytes, image, PAGE_WIDTH, PAGE_HEIGHT);
  if (format == IMAGE_PDF) return cairo_pdf_surface_create_for_stream(append_bytes, image, PAGE_WIDTH, PAGE_HEIGHT);
  return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(PAGE_WIDTH * PNG_PIXELS_PER_POINT),
                                    (int)ceil(PAGE_HEIGHT * PNG_PIXELS_PER_POINT));
}

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

static void draw_title(cairo_t *page, const plot_data *data) {
  static const char separator[] = "  \xC2\xB7  ";
  text_buffer title = {0};
  for (const char *letter = data->model_name; *letter != '\0'; ++letter)
    text_buffer_format(&title, "%c", toupper((unsigned char)*letter));
  text_buffer_format(&title, " model%strain ", separator);
  append_id(&title, data->id);
  text_buffer_format(&title, "%s%zu of %zu members accepted%sinput %.3g Hz", separator, data->n_accepted,
                     data->n_members, separator, data->rate_hz);
  if (!isnan(data->spread_kept_min))
    text_buffer_format(&title, "%sspread kept %.2f or more", separator, data->spread_kept_min);
  if (fabs(data->time_scale - 1) > 1e-9) text_buffer_format(&title, "%stime scale %.3g", separator, data->time_scale);
  plot_text(page, 14, 16, title.bytes, PLOT_FROM_LEFT, 8, 0);
  text_buffer_free(&title);
}

static void draw_page(cairo_t *page, const plot_data *data) {
  cairo_set_source_rgb(page, 1, 1, 1);
  cairo_paint(page);
  cairo_select_font_face(page, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  draw_title(page, data);
  plot_panel raster = {.page = page, .left = 48, .top = 38, .width = 205, .height = 238};
  plot_panel conductances = {.page = page, .left = 312, .top = 38, .width = 184, .height = 96};
  plot_panel posterior = {.page = page, .left = 312, .top = 202, .width = 184, .height = 74};
  plot_letter(&raster, "A");
  plot_letter(&conductances, "B");
  plot_letter(&posterior, "C");
  plot_raster(&raster, data);
  plot_conductances(&conductances, data);
  plot_posterior(&posterior, data);
}

const char *plot_draw(const plot_data *data, const char *path, text_buffer *image) {
  image_format format = format_of(path);
  cairo_surface_t *surface = open_surface(format, image);
  cairo_t *page = cairo_create(surface);
  if (format == IMAGE_PNG) cairo_scale(page, PNG_PIXELS_PER_POINT, PNG_PIXELS_PER_POINT);
  draw_page(page, data);
  cairo_status_t status = cairo_status(page);
  cairo_destroy(page);
  if (status == CAIRO_STATUS_SUCCESS && format == IMAGE_PNG)
    status = cairo_surface_write_to_png_stream(surface, append_bytes, image);
  cairo_surface_finish(surface);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
}
