/* SPDX-License-Identifier: MIT */
/**
 * @file population.hpp
 * Degenerate populations: many conductance sets that share their DICs.
 */
#ifndef DICREC_CPP_POPULATION_HPP
#define DICREC_CPP_POPULATION_HPP

#include <dicrec.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "matrix.hpp"
#include "members.hpp"
#include "model.hpp"
#include "options.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Members by channels, with DICs and a status each. */
class population : public handle<population, dicrec_population, dicrec_population_retain, dicrec_population_free> {
public:
  population() noexcept = default;

  /** The model of the members. */
  dicrec::model model() const noexcept { return dicrec::model::share(dicrec_population_model(get())); }
  /** Number of members, valid or not. */
  std::size_t size() const noexcept { return dicrec_population_member_count(get()); }
  bool empty() const noexcept { return size() == 0; }
  /** Number of members whose status is status::ok. */
  std::size_t valid_count() const noexcept { return dicrec_population_valid_count(get()); }
  std::size_t channel_count() const noexcept { return dicrec_population_channel_count(get()); }
  /** Names of the channels, which live as long as any owner of the model. */
  std::vector<std::string_view> channels() const { return model().channels(); }
  /** Time scale that the members are to be simulated with. */
  double time_scale() const noexcept { return dicrec_population_time_scale(get()); }
  /** Status of a member; status::e_argument beyond the last. */
  dicrec::status status(std::size_t member) const noexcept {
    return static_cast<dicrec::status>(dicrec_population_status(get(), member));
  }

  /** Maximal conductances [members][channels], mS/cm2; NaN for members that failed. */
  matrix conductances() const {
    matrix values(size(), channel_count());
    dicrec_population_copy_conductances(get(), DICREC_STAGE_FINAL, values.data(), values.values().size());
    return values;
  }
  /** DICs at threshold [members][dic_names()]; NaN for members that failed. */
  matrix dics() const {
    matrix values(size(), dicrec_dic_count());
    dicrec_population_copy_dics(get(), values.columns(), values.data(), values.values().size());
    return values;
  }
  /** Random stream of each member. */
  std::vector<std::uint64_t> streams() const {
    std::vector<std::uint64_t> streams(size());
    dicrec_population_copy_streams(get(), streams.data(), streams.size());
    return streams;
  }
  /** Noise current that each member is to be simulated with, uA/cm2. */
  std::vector<double> noise_std() const {
    std::vector<double> noise_std(size());
    dicrec_population_copy_noise_std(get(), noise_std.data(), noise_std.size());
    return noise_std;
  }
  /** All of that, copied, as a range of members. */
  member_table members() const {
    member_table table(size());
    dicrec_population_copy_statuses(get(), table.statuses.data(), table.size());
    table.conductances = conductances();
    table.dics = dics();
    table.streams = streams();
    table.noise_std = noise_std();
    return table;
  }

  /** Conductances [members][channels] of an earlier stage, mS/cm2, which keep_raw of the options keeps. */
  result<matrix> try_conductances(stage of) const {
    return detail::filled(matrix(size(), channel_count()), [&](matrix &values) {
      return dicrec_population_copy_conductances(get(), static_cast<std::int32_t>(of), values.data(),
                                                 values.values().size());
    });
  }
#if DICREC_CPP_EXCEPTIONS
  /** As try_conductances(). Throws argument_error if the stage was not kept. */
  matrix conductances(stage of) const { return try_conductances(of).value(); }
#endif
};

namespace detail {

/** Arrays are pointers to the library, which cannot see that one is shorter than another. */
inline std::string fault_of(const generate_options &options, const model &neuron) {
  if (options.ranges.empty() || options.ranges.size() == neuron.channel_count()) return {};
  return "ranges has " + std::to_string(options.ranges.size()) + " rows, the model has " +
         std::to_string(neuron.channel_count()) + " channels";
}

} // namespace detail

/**
 * Draw n members whose DICs are a target, or a row of targets each; columns as in model::targets(). Remarks
 * status::w_partial if some failed, status::w_range beyond what the model's populations are for.
 */
inline result<population> try_generate(const model &neuron, const matrix &targets, std::size_t n,
                                       const generate_options &options = {}, const callbacks &with = {}) {
  if (std::string fault = detail::fault_of(options, neuron); !fault.empty())
    return detail::refused<population>(std::move(fault));
  detail::generate_options_view view(options);
  return detail::made<population>(with, [&](dicrec_context *context, dicrec_population **pointer) {
    return dicrec_generate(context, neuron.get(), targets.data(), targets.rows(), targets.columns(), n, view.get(),
                           pointer);
  });
}

/** The same with one target for all, {g_s, g_u}. */
inline result<population> try_generate(const model &neuron, std::initializer_list<double> target, std::size_t n,
                                       const generate_options &options = {}, const callbacks &with = {}) {
  return try_generate(neuron, matrix(target, target.size()), n, options, with);
}

#if DICREC_CPP_EXCEPTIONS
/** As try_generate(); the remark stays in the population. Throws argument_error, memory_error. */
inline population generate(const model &neuron, const matrix &targets, std::size_t n,
                           const generate_options &options = {}, const callbacks &with = {}) {
  return try_generate(neuron, targets, n, options, with).value();
}

/** The same with one target for all, {g_s, g_u}. */
inline population generate(const model &neuron, std::initializer_list<double> target, std::size_t n,
                           const generate_options &options = {}, const callbacks &with = {}) {
  return try_generate(neuron, target, n, options, with).value();
}
#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
