#pragma once

#include <string>
#include <vector>

#include "src/report/confusion.h"

namespace handgrad {

// A whole HTML file that needs no other: the title in its head and above `body`, and a style for text, pictures and
// tables, light or dark as the reader's system is. What is too wide for the window scrolls in its own box: pictures
// stand in <figure>, tables in <div class="wide">.
std::string html_page(const std::string& title, const std::string& body);

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
