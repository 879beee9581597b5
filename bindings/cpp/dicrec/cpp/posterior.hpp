/* SPDX-License-Identifier: MIT */
/**
 * @file posterior.hpp
 * What spikes say of the DICs and the noise current of a neuron.
 */
#ifndef DICREC_CPP_POSTERIOR_HPP
#define DICREC_CPP_POSTERIOR_HPP

#include <dicrec.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "matrix.hpp"
#include "options.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Means and covariances of the parameters. */
struct moments {
  std::vector<double> mean{};
  matrix covariance{};
};

/** Law over g_s, g_u and noise_std (uA/cm2), the columns of every row of parameters. */
class posterior : public handle<posterior, dicrec_posterior, dicrec_posterior_retain, dicrec_posterior_free> {
public:
  posterior() noexcept = default;

  /** Make one that is sure of its parameters: g_s, g_u and maybe noise_std, uA/cm2. */
  static result<posterior> try_at(const std::vector<double> &parameters, const callbacks &with = {}) {
    return detail::made<posterior>(with, [&](dicrec_context *context, dicrec_posterior **pointer) {
      return dicrec_posterior_create_at(context, parameters.data(), parameters.size(), pointer);
    });
  }
  /** Make one of plain numbers. */
  static result<posterior> try_of(const dicrec::mixture &numbers, const callbacks &with = {}) {
    if (std::string fault = fault_of(numbers); !fault.empty()) return detail::refused<posterior>(std::move(fault));
    detail::mixture_view view(numbers);
    return detail::made<posterior>(with, [&](dicrec_context *context, dicrec_posterior **pointer) {
      return dicrec_posterior_create(context, view.get(), pointer);
    });
  }
  /** Make one of what bytes() has kept, which may come from strangers. */
  static result<posterior> try_from_bytes(span<const std::uint8_t> bytes, const callbacks &with = {}) {
    return detail::made<posterior>(with, [&](dicrec_context *context, dicrec_posterior **pointer) {
      return dicrec_posterior_create_from_bytes(context, bytes.data(), bytes.size(), pointer);
    });
  }

  /** All of it, for a file or another process: an exact copy, the same on every machine. */
  std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> bytes(dicrec_posterior_byte_count(get()));
    dicrec_posterior_copy_bytes(get(), bytes.data(), bytes.size());
    return bytes;
  }
  /** Number of parameters. */
  std::size_t parameter_count() const noexcept { return dicrec_posterior_parameter_count(get()); }
  /** Names of the parameters. */
  std::vector<std::string_view> parameters() const {
    return detail::names_of(parameter_count(),
                            [&](std::size_t i) { return dicrec_posterior_parameter_name(get(), i); });
  }
  /** Probability that the neuron has no noise current. */
  double noiseless_probability() const noexcept { return dicrec_posterior_noiseless_probability(get()); }
  /** Class of the train; a value without a name where it is not known, of plain numbers. */
  dicrec::activity activity() const noexcept { return static_cast<dicrec::activity>(dicrec_posterior_activity(get())); }
  /** Share of training trains that are at least as unusual as this one, 0 to 1. */
  double support() const noexcept { return dicrec_posterior_support(get()); }
  /** Time scale that was used or found. */
  double time_scale() const noexcept { return dicrec_posterior_time_scale(get()); }

  /** Means and covariances. */
  result<dicrec::moments> try_moments() const {
    const std::size_t n = parameter_count();
    return detail::filled(dicrec::moments{std::vector<double>(n), matrix(n, n)}, [&](auto &both) {
      return dicrec_posterior_moments(get(), n, both.mean.data(), both.covariance.data());
    });
  }
  /** Marginal quantile of each parameter, 0 < p < 1. */
  result<std::vector<double>> try_quantile(double p) const {
    return detail::filled(std::vector<double>(parameter_count()), [&](auto &quantiles) {
      return dicrec_posterior_quantile(get(), p, quantiles.size(), quantiles.data());
    });
  }
  /** Natural logarithm of the density at points [n][columns], of the first so many parameters. */
  result<std::vector<double>> try_log_density(const matrix &points) const {
    return detail::filled(std::vector<double>(points.rows()), [&](auto &log_density) {
      return dicrec_posterior_log_density(get(), points.data(), points.rows(), points.columns(), log_density.data());
    });
  }
  /** Draw n samples [n][parameters] of the joint law; the same for the same seed. */
  result<matrix> try_sample(std::size_t n, std::uint64_t seed) const {
    return detail::filled(matrix(n, parameter_count()), [&](auto &samples) {
      return dicrec_posterior_sample(get(), seed, n, samples.columns(), samples.data());
    });
  }
  /** Probability of each class of dicrec::activity, in their order. */
  result<std::vector<double>> try_class_probabilities() const {
#define DICREC_CPP_ONE_MORE(name, value, word, text) +1
    constexpr std::size_t n_classes = 0 DICREC_ACTIVITY_LIST(DICREC_CPP_ONE_MORE);
#undef DICREC_CPP_ONE_MORE
    return detail::filled(std::vector<double>(n_classes), [&](auto &probabilities) {
      return dicrec_posterior_class_probabilities(get(), probabilities.size(), probabilities.data());
    });
  }
  /** Lowest and highest time scale that fit. */
  result<std::array<double, 2>> try_time_scale_interval() const {
    return detail::filled(std::array<double, 2>{},
                          [&](auto &interval) { return dicrec_posterior_time_scale_interval(get(), interval.data()); });
  }
  /** The law as plain numbers. */
  result<dicrec::mixture> try_mixture() const {
    const std::size_t n = dicrec_posterior_component_count(get());
    const auto n_dics = static_cast<std::size_t>(detail::default_mixture().n_dics);
    dicrec::mixture numbers;
    numbers.means = matrix(n, n_dics);
    numbers.covariances.resize(n * n_dics * n_dics);
    numbers.dic_ranges.resize(n_dics);
    numbers.noise_range.resize(2);
    for (auto *values : {&numbers.weights, &numbers.noiseless, &numbers.log_noise_means, &numbers.log_noise_stds})
      values->resize(n);
    return detail::filled(std::move(numbers), [&](auto &into) {
      detail::mixture_view view(into);
      const dicrec_status status = dicrec_posterior_copy_mixture(get(), view.get());
      into.time_scale = view.get()->time_scale;
      return status;
    });
  }

#if DICREC_CPP_EXCEPTIONS
  /** As try_at(). Throws argument_error. */
  static posterior at(const std::vector<double> &parameters, const callbacks &with = {}) {
    return try_at(parameters, with).value();
  }
  /** As try_of(). Throws argument_error. */
  static posterior of(const dicrec::mixture &numbers, const callbacks &with = {}) {
    return try_of(numbers, with).value();
  }
  /** As try_from_bytes(). Throws argument_error if they are damaged, cut, or of a later version. */
  static posterior from_bytes(span<const std::uint8_t> bytes, const callbacks &with = {}) {
    return try_from_bytes(bytes, with).value();
  }
  /** As try_moments(). Throws argument_error if empty. */
  dicrec::moments moments() const { return try_moments().value(); }
  /** As try_quantile(). Throws argument_error. */
  std::vector<double> quantile(double p) const { return try_quantile(p).value(); }
  /** The point estimate with the least expected absolute error. Throws argument_error if empty. */
  std::vector<double> median() const { return quantile(0.5); }
  /** As try_log_density(). Throws argument_error. */
  std::vector<double> log_density(const matrix &points) const { return try_log_density(points).value(); }
  /** As try_sample(). Throws argument_error. */
  matrix sample(std::size_t n, std::uint64_t seed) const { return try_sample(n, seed).value(); }
  /** As try_class_probabilities(). Throws argument_error where they are not known, of plain numbers. */
  std::vector<double> class_probabilities() const { return try_class_probabilities().value(); }
  /** As try_time_scale_interval(). Throws argument_error if empty. */
  std::array<double, 2> time_scale_interval() const { return try_time_scale_interval().value(); }
  /** As try_mixture(). Throws argument_error if empty. */
  dicrec::mixture mixture() const { return try_mixture().value(); }
#endif

private:
  /** Arrays are pointers to the library, which cannot see that one is shorter than another. */
  static std::string fault_of(const dicrec::mixture &numbers) {
    const std::size_t n = numbers.weights.size(), n_dics = numbers.means.columns();
    const auto differs = [](std::size_t size, std::size_t wanted) { return size != 0 && size != wanted; };
    if (numbers.means.rows() != n) return "means and weights are not equally many";
    if (numbers.covariances.size() != n * n_dics * n_dics) return "covariances do not fit to the means";
    if (differs(numbers.dic_ranges.size(), n_dics)) return "dic_ranges do not fit to the means";
    if (differs(numbers.noiseless.size(), n) || differs(numbers.log_noise_means.size(), n) ||
        differs(numbers.log_noise_stds.size(), n))
      return "noiseless, log_noise_means and log_noise_stds are as many as the weights, or empty";
    if (differs(numbers.noise_range.size(), 2)) return "noise_range has two numbers, or none";
    return {};
  }
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
