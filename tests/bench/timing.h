#pragma once

#include <functional>
#include <vector>

namespace handgrad {

// One piece of work whose time is to be measured.
using Contender = std::function<void()>;

// Seconds that one call of each contender takes. They take turns in short slices, so that whatever else the machine
// does meets them all alike; of the slices of each the median counts. total_seconds is about what the whole measurement
// takes; calls so long that 15 turns would take much longer are given fewer, at least 3.
std::vector<double> seconds_per_call(const std::vector<Contender>& contenders, double total_seconds);

// The middle one, or the mean of the two in the middle. At least one value.
double median(std::vector<double> values);

// exp(1/n Σ log(value)): the mean for ratios. At least one value, all above 0.
double geometric_mean(const std::vector<double>& values);

}  // namespace handgrad
