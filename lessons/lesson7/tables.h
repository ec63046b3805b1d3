#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lessons/lesson7/spread.h"

namespace handgrad::lesson7 {

// A table as it is printed, written and shown on the page.
struct Table {
  std::string legend;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::size_t first, others;  // how wide the columns are

  std::string text() const;  // with an empty line behind it
};

// A row for each initialisation: by what factor a layer of `width` units changes a standard deviation, for every one of
// `activations`.
Table factor_table(const std::vector<Init>& inits, int width);

// The spreads of every seed, at one depth, width and initialisation, and what is predicted of them.
struct Measured {
  int depth, width;
  Init init;
  std::vector<Spread> seeds;
  Spread predicted;
};

Measured measure_spreads(int depth, int width, Init init, std::uint32_t first_seed, int seeds, const Matrix& x,
                         const Matrix& y);

// Of the initialisations at one depth: what is predicted and, below it, what is measured, in up to eight of the layers.
Table spread_table(const std::vector<Measured>& of_depth);

// How far the networks of one initialisation lie apart in the last layer's values, a row for each depth and width.
Table apart_table(const std::vector<Measured>& all);

// A header, then a line for every layer.
std::string spread_csv(const std::vector<Measured>& all);

}  // namespace handgrad::lesson7
