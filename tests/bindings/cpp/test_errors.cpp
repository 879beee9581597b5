/* SPDX-License-Identifier: MIT */
/** @file test_errors.cpp Failures are exceptions of the class of their status, and results that tell the same. */
#include <dicrec.hpp>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "check.hpp"

namespace {

/** What an error must say. */
class says {
public:
  says(dicrec::status status, std::string_view part) : status_(status), part_(part) {}
  bool operator()(const dicrec::error &error) const {
    return error.status() == status_ && error.name() == dicrec::name(status_) &&
           std::string_view(error.what()).find(part_) != std::string_view::npos;
  }

private:
  dicrec::status status_;
  std::string_view part_;
};

void every_status_has_its_class() {
#define CHECK_CLASS(type, status_)                                                                                     \
  CHECK_THROWS(dicrec::detail::throw_error(dicrec::status::status_, "why"), dicrec::type,                              \
               says(dicrec::status::status_, "why ["))
  CHECK_CLASS(memory_error, e_memory);
  CHECK_CLASS(cancelled_error, e_cancelled);
  CHECK_CLASS(file_error, e_file);
  CHECK_CLASS(weights_error, e_weights);
  CHECK_CLASS(computation_error, e_infeasible);
  CHECK_CLASS(computation_error, e_unstable);
  CHECK_CLASS(argument_error, e_range);
  CHECK_CLASS(argument_error, e_spikes);
#undef CHECK_CLASS
#define COUNTED(name, value, text) value,
  for (const dicrec_status status : {DICREC_STATUS_LIST(COUNTED)}) {
#undef COUNTED
    if (status >= 0) continue;
    bool has_class = true;
    try {
      dicrec::detail::throw_error(static_cast<dicrec::status>(status), "why");
    } catch (const dicrec::argument_error &) {
    } catch (const dicrec::memory_error &) {
    } catch (const dicrec::file_error &) {
    } catch (const dicrec::weights_error &) {
    } catch (const dicrec::computation_error &) {
    } catch (const dicrec::cancelled_error &) {
    } catch (const std::runtime_error &) {
      has_class = false;
    }
    CHECK(has_class);
  }
  CHECK_THROWS(dicrec::detail::throw_error(static_cast<dicrec::status>(-999), "new"), dicrec::error,
               says(static_cast<dicrec::status>(-999), "new [UNKNOWN]"));
}

void errors_of_calls() {
  using dicrec::status;
  CHECK_THROWS(dicrec::model("no such model"), dicrec::argument_error, says(status::e_name, "no such model"));
  CHECK_THROWS(dicrec::spikes(std::vector<double>{3, 2}), dicrec::argument_error, says(status::e_spikes, "2"));
  const std::vector<double> not_a_number = {1, std::nan("")};
  CHECK_THROWS(dicrec::spikes{not_a_number}, dicrec::argument_error, says(status::e_spikes, "is nan"));
  const dicrec::model model("stg");
  dicrec::estimator_options of_a_file;
  of_a_file.weights_path = "/no/such/file";
  CHECK_THROWS(dicrec::estimator(model, of_a_file), dicrec::file_error, says(status::e_file, "/no/such/file"));
  dicrec::estimator_options of_bytes;
  of_bytes.weights_data = {1, 2, 3};
  CHECK_THROWS(dicrec::estimator(model, of_bytes), dicrec::weights_error, says(status::e_weights, ""));
  const dicrec::estimator estimator(model);
  CHECK_THROWS(dicrec::reconstruct(estimator, dicrec::spikes(std::vector<double>{1, 2}), 3), dicrec::argument_error,
               says(status::e_spikes, ""));
  CHECK_THROWS(dicrec::posterior::at({1}), dicrec::argument_error, says(status::e_range, ""));
  CHECK_THROWS(dicrec::posterior::at({1, 2}).quantile(1.5), dicrec::argument_error, says(status::e_range, ""));
  CHECK_THROWS(dicrec::posterior::from_bytes(std::vector<std::uint8_t>{1, 2}), dicrec::argument_error,
               says(status::e_argument, ""));
  CHECK_THROWS(model.target_range(9), dicrec::argument_error, says(status::e_range, ""));
  dicrec::stream stream(estimator);
  CHECK_THROWS((stream.push(5), stream.push(4)), dicrec::argument_error, says(status::e_spikes, "4"));
  CHECK(stream.size() == 1);
}

void results() {
  const dicrec::result<dicrec::model> failed = dicrec::model::try_open("no such model");
  CHECK(!failed && !failed.has_value() && failed.status() == dicrec::status::e_name);
  CHECK(failed.name() == "E_NAME" && failed.text().find("no such model") != std::string::npos);
  CHECK(failed.remark() == dicrec::status::ok);
  CHECK_THROWS(failed.value(), dicrec::argument_error, says(dicrec::status::e_name, "no such model"));

  const auto silent =
      dicrec::try_estimate(dicrec::estimator(dicrec::model("stg")), dicrec::spikes(std::vector<double>{1, 2}));
  CHECK(silent && silent.remark() == dicrec::status::w_silent && silent.name() == "W_SILENT");
  CHECK(!silent.text().empty());
  CHECK(silent->remark() == dicrec::status::w_silent);
  const dicrec::posterior copy = *silent;
  CHECK(copy.remark() == dicrec::status::w_silent); // so that it is not lost where failures are thrown
  CHECK(copy.activity() == dicrec::activity::silent);

  const auto outside = dicrec::try_generate(dicrec::model("stg"), {-500, 500}, 2);
  CHECK(outside.remark() == dicrec::status::w_partial || outside.remark() == dicrec::status::w_range);
}

} // namespace

void test_errors() {
  every_status_has_its_class();
  errors_of_calls();
  results();
}
