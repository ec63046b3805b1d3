#pragma once

#include <string>
#include <vector>

#include "src/report/confusion.h"

namespace handgrad {

// What a page shows of one run.
struct RunReport {
  std::string name;      // mlp4
  std::string title;     // what to see
  std::string settings;  // network, optimizer, batch, seed
  std::string plot_svg;
  Confusion confusion;
};

// A lesson's index.html, one file that needs nothing else: every run with its settings, plot and confusion
// table, and the command that repeats it all.
std::string lesson_page(const std::string& title, const std::string& command, const std::vector<RunReport>& runs);

}  // namespace handgrad
