#include "tests/bench/timing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <utility>

namespace handgrad {

namespace {

constexpr double window_seconds = 100e-6;
constexpr std::size_t fewest_rounds = 3;

// A call that takes longer feels little of what its numbers cost that were driven out of the caches.
constexpr double long_call_seconds = 10e-3;

Tally tally;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double seconds_of(const Contender& contender, int calls) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) contender();
  return seconds_since(begin);
}

// Of two trials the shorter: one that something interrupted would make the windows too short.
double trial_seconds(const Contender& contender, int calls) {
  return std::min(seconds_of(contender, calls), seconds_of(contender, calls));
}

// As many calls as fill a window. What the trials cost warms branch predictors up.
int calls_in_window(const Contender& contender) {
  int calls = 1;
  double seconds = trial_seconds(contender, calls);
  while (seconds < window_seconds / 2) {
    calls *= 2;
    seconds = trial_seconds(contender, calls);
  }
  return std::max(1, static_cast<int>(calls * window_seconds / seconds));
}

// timing.h says why.
bool is_disturbed(std::vector<double> windows) {
  std::sort(windows.begin(), windows.end());
  return median(windows) > disturbed_ratio * windows[windows.size() / 10];
}

}  // namespace

std::vector<double> seconds_per_call(const std::vector<Contender>& contenders, double total_seconds) {
  std::vector<int> calls;
  for (const Contender& contender : contenders) calls.push_back(calls_in_window(contender));

  std::vector<std::vector<double>> windows(contenders.size());
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t round = 0; round < fewest_rounds || seconds_since(begin) < total_seconds; ++round) {
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      // Brings back into the caches what the others drove out.
      if (contenders.size() > 1 && round > 0 && windows[c].back() < long_call_seconds) contenders[c]();
      windows[c].push_back(seconds_of(contenders[c], calls[c]) / calls[c]);
    }
  }

  ++tally.measurements;
  if (std::any_of(windows.begin(), windows.end(), is_disturbed)) ++tally.disturbed;
  std::vector<double> medians;
  for (const std::vector<double>& of_one : windows) medians.push_back(median(of_one));
  return medians;
}

Tally take_tally() {
  return std::exchange(tally, {});
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
