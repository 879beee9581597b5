/* SPDX-License-Identifier: MIT */
/**
 * @file plot.c
 * Lays out the plot of a reconstruction and writes it as SVG, PDF or PNG.
 */
#include "plot/plot.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "plot/plot_panels.h"

/* The width of two columns of a journal, in points. */
static const double PAGE_WIDTH = 510;
static const double PANELS_HEIGHT = 388; /* below the title */
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

static cairo_surface_t *open_surface(image_format format, double height, text_buffer *image) {
  if (format == IMAGE_SVG) return cairo_svg_surface_create_for_stream(append_bytes, image, PAGE_WIDTH, height);
  if (format == IMAGE_PDF) return cairo_pdf_surface_create_for_stream(append_bytes, image, PAGE_WIDTH, height);
  return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(PAGE_WIDTH * PNG_PIXELS_PER_POINT),
                                    (int)ceil(height * PNG_PIXELS_PER_POINT));
}

static void draw_page(cairo_t *page, const plot_data *data) {
  cairo_set_source_rgb(page, 1, 1, 1);
  cairo_paint(page);
  cairo_select_font_face(page, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  plot_title(page, data, PAGE_WIDTH);
  const double top = plot_title_height(data);
  plot_panel raster = {.page = page, .left = 48, .top = top, .width = 205, .height = 188};
  plot_panel voltage = {.page = page, .left = 48, .top = top + 240, .width = 205, .height = 116};
  plot_panel intervals = {.page = page, .left = 312, .top = top, .width = 184, .height = 68};
  plot_panel conductances = {.page = page, .left = 312, .top = top + 120, .width = 184, .height = 92};
  plot_panel posterior = {.page = page, .left = 312, .top = top + 284, .width = 184, .height = 72};
  plot_letter(&raster, "A");
  plot_letter(&voltage, "B");
  plot_letter(&intervals, "C");
  plot_letter(&conductances, "D");
  plot_letter(&posterior, "E");
  plot_raster(&raster, data);
  plot_voltage(&voltage, data);
  plot_histogram(&intervals, data);
  plot_conductances(&conductances, data);
  plot_posterior(&posterior, data);
}

const char *plot_draw(const plot_data *data, const char *path, text_buffer *image) {
  image_format format = format_of(path);
  cairo_surface_t *surface = open_surface(format, plot_title_height(data) + PANELS_HEIGHT, image);
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
