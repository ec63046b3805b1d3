#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handgrad {

// What all pictures share.

constexpr double picture_width = 880;

// Where a drawing and the axes of a plot begin, and how far to the right these go; how far down is their own.
constexpr double plot_left = 64, plot_right = 720, plot_top = 74;

// The beginning of an SVG file: a white plate, so that it can be read on a dark page too, with the title and a line
// below it at `left`. After it comes the picture, then "</svg>\n".
std::string picture_head(double height, double left, const std::string& title, const std::string& subtitle);

// From dark blue at 0 to light orange at 1: lightness alone tells the order, so it can be read without colour vision.
std::string colour_at(double share);

// The same for lines, no lighter than 3:1 against the white plate.
std::string line_colour_at(double share);

// Whether black is read better on that colour than white; either has at least 4.5:1 where it is.
bool is_light(double share);

// Where an epoch (1, 2, …) of `epochs` lies on an axis from `left` to `right`.
double epoch_place(std::size_t epoch, std::size_t epochs, double left, double right);

// The numbers of the first and last epoch and the quarters between them, below a plot that ends at `bottom`.
std::string epoch_axis(std::size_t epochs, double left, double right, double bottom);

// Which of the values a curve shows, in order: of equal pieces, two thirds of a thousand, the smallest and the largest,
// and the first and last of all; or all if there are no more. So a plot does not grow with the epochs.
std::vector<std::size_t> shown_of(const std::vector<double>& values);

// Which `most` of `count` things are shown: evenly spread, first and last among them, or all if there are no more.
std::vector<std::size_t> evenly_spread(std::size_t count, std::size_t most);

}  // namespace handgrad
