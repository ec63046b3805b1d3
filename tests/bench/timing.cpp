#include "tests/bench/timing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace handgrad {

namespace {

double seconds_of(const Contender& contender, int calls) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) contender();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// As many calls as fill a slice, and about how long they take.
struct Slice {
  int calls;
  double seconds;
};

// What the trial calls cost warms caches and branch predictors up.
Slice slice_of(const Contender& contender, double slice_seconds) {
  int calls = 1;
  double seconds = seconds_of(contender, calls);
  while (seconds < slice_seconds / 2) {
    calls *= 2;
    seconds = seconds_of(contender, calls);
  }
  const int filling = std::max(1, static_cast<int>(calls * slice_seconds / seconds));
  return {filling, seconds / calls * filling};
}

}  // namespace

std::vector<double> seconds_per_call(const std::vector<Contender>& contenders, double total_seconds) {
  constexpr int most_rounds = 15, fewest_rounds = 3;
  const double slice_seconds = total_seconds / static_cast<double>(contenders.size() * (most_rounds + 2));
  std::vector<Slice> slices;
  double round_seconds = 0;
  for (const Contender& contender : contenders) {
    slices.push_back(slice_of(contender, slice_seconds));
    round_seconds += slices.back().seconds;
  }

  const int rounds =
      static_cast<int>(std::clamp(total_seconds / round_seconds, 1.0 * fewest_rounds, 1.0 * most_rounds));
  std::vector<std::vector<double>> seconds(contenders.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      seconds[c].push_back(seconds_of(contenders[c], slices[c].calls) / slices[c].calls);
    }
  }
  std::vector<double> medians;
  for (const std::vector<double>& of_one : seconds) medians.push_back(median(of_one));
  return medians;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double geometric_mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::log(value);
  return std::exp(sum / static_cast<double>(values.size()));
}

}  // namespace handgrad
