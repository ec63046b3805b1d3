#pragma once

#include <functional>
#include <vector>

namespace handgrad {

// One piece of work whose time is to be measured.
using Contender = std::function<void()>;

// Seconds that one call of each contender takes. They take turns, window by window, so that whatever else the machine
// does meets them all alike; of the windows of each the median counts. A window is about 100 µs long, one call where a
// call takes longer: short against what a neighbour on the machine takes away at a time, so that it spoils some windows
// and leaves the others as they were, and long against the 50 ns of reading the clock. A call that does not count goes
// before a window, so that its numbers are in the caches. There are as many rounds as fit total_seconds, and at
// least 3.
std::vector<double> seconds_per_call(const std::vector<Contender>& contenders, double total_seconds);

// A measurement was disturbed if the median of one of its contenders is more than this many times as large as the lower
// decile of the same contender's windows. Up to half of the windows may be slow before the median feels it, so that
// they alone tell nothing; but a median far above the fastest tenth is one of the slow windows itself. Of 138
// contenders, measured on a machine shared with others, 131 had the two 2 to 25 % apart and 7 had them 45 to 65 %
// apart, as if somebody had worked on the other thread of the same core; 1.3 stands between. A neighbour who stays from
// the first window to the last is not found out: all windows are alike then.
constexpr double disturbed_ratio = 1.3;

// How many times seconds_per_call has measured, and how many of these were disturbed.
struct Tally {
  int measurements = 0;
  int disturbed = 0;
};

// What came together since this was last called.
Tally take_tally();

// The middle one, or the mean of the two in the middle. At least one value.
double median(std::vector<double> values);

// exp(1/n Σ log(value)): the mean for ratios. At least one value, all above 0.
double geometric_mean(const std::vector<double>& values);

}  // namespace handgrad
