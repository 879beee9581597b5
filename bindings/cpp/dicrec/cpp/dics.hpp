/* SPDX-License-Identifier: MIT */
/**
 * @file dics.hpp
 * Dynamic input conductances of given maximal conductances.
 */
#ifndef DICREC_CPP_DICS_HPP
#define DICREC_CPP_DICS_HPP

#include <dicrec.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "call.hpp"
#include "matrix.hpp"
#include "model.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
namespace detail {

/** Why conductances [n][channels] cannot be a model's; empty if they can. */
inline std::string fault_of(const matrix &conductances, const model &neuron) {
  if (conductances.columns() == neuron.channel_count() || !neuron) return {};
  return "conductances have " + std::to_string(conductances.columns()) + " columns, the model has " +
         std::to_string(neuron.channel_count()) + " channels";
}

/** A value that `fill(context, value)` computes from conductances of a model. */
template <class T, class F>
result<T> computed(const model &neuron, const matrix &conductances, T value, const callbacks &with, const F &fill) {
  if (std::string fault = fault_of(conductances, neuron); !fault.empty()) return refused<T>(std::move(fault));
  return filled_in_context(std::move(value), with, fill);
}

} // namespace detail

/** DICs [n][dic_names()] of conductances [n][channels], mS/cm2, at a voltage. */
inline result<matrix> try_dics(const model &neuron, const matrix &conductances, double v_mv,
                               const callbacks &with = {}) {
  return detail::computed(neuron, conductances, matrix(conductances.rows(), dicrec_dic_count()), with,
                          [&](dicrec_context *context, matrix &dics) {
                            return dicrec_dic_compute(context, neuron.get(), conductances.data(), conductances.rows(),
                                                      v_mv, dics.columns(), dics.data());
                          });
}

/**
 * Sensitivity matrices S of [g_f g_s g_u]' = S g, cm2/mS, of conductances [n][channels], mS/cm2, at a voltage: rows
 * [n * 3][channels], those of g_f, g_s and g_u of the first set, then of the next.
 */
inline result<matrix> try_sensitivities(const model &neuron, const matrix &conductances, double v_mv,
                                        const callbacks &with = {}) {
  constexpr std::size_t n_rows = DICREC_DIC_TOTAL; // the columns before the total
  return detail::computed(neuron, conductances, matrix(conductances.rows() * n_rows, conductances.columns()), with,
                          [&](dicrec_context *context, matrix &rows) {
                            return dicrec_dic_sensitivity(context, neuron.get(), conductances.data(),
                                                          conductances.rows(), v_mv, n_rows, rows.data());
                          });
}

/** Ionic current [n] with every gate at steady state, uA/cm2, outward positive, of conductances [n][channels]. */
inline result<std::vector<double>> try_static_currents(const model &neuron, const matrix &conductances, double v_mv,
                                                       const callbacks &with = {}) {
  return detail::computed(neuron, conductances, std::vector<double>(conductances.rows()), with,
                          [&](dicrec_context *context, std::vector<double> &currents) {
                            return dicrec_dic_static_current(context, neuron.get(), conductances.data(),
                                                             conductances.rows(), v_mv, currents.data());
                          });
}

/**
 * Thresholds [n], mV, of conductances [n][channels], looked for between two voltages, mV; NaN and the remark
 * status::w_threshold where there is none.
 */
inline result<std::vector<double>> try_thresholds(const model &neuron, const matrix &conductances,
                                                  const std::optional<std::array<double, 2>> &v_range_mv = {},
                                                  const callbacks &with = {}) {
  return detail::computed(neuron, conductances, std::vector<double>(conductances.rows()), with,
                          [&](dicrec_context *context, std::vector<double> &thresholds) {
                            return dicrec_dic_threshold(context, neuron.get(), conductances.data(), conductances.rows(),
                                                        v_range_mv ? v_range_mv->data() : nullptr, thresholds.data());
                          });
}

#if DICREC_CPP_EXCEPTIONS
/** As try_dics(). Throws argument_error, which names row, channel and value. */
inline matrix dics(const model &neuron, const matrix &conductances, double v_mv, const callbacks &with = {}) {
  return try_dics(neuron, conductances, v_mv, with).value();
}

/** As try_sensitivities(). Throws argument_error. */
inline matrix sensitivities(const model &neuron, const matrix &conductances, double v_mv, const callbacks &with = {}) {
  return try_sensitivities(neuron, conductances, v_mv, with).value();
}

/** As try_static_currents(). Throws argument_error. */
inline std::vector<double> static_currents(const model &neuron, const matrix &conductances, double v_mv,
                                           const callbacks &with = {}) {
  return try_static_currents(neuron, conductances, v_mv, with).value();
}

/** As try_thresholds(). Throws argument_error. */
inline std::vector<double> thresholds(const model &neuron, const matrix &conductances,
                                      const std::optional<std::array<double, 2>> &v_range_mv = {},
                                      const callbacks &with = {}) {
  return try_thresholds(neuron, conductances, v_range_mv, with).value();
}
#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
