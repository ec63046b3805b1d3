#pragma once

#include <string>
#include <utility>
#include <vector>

#include "src/data/split.h"
#include "src/report/confusion.h"

namespace handgrad {

// A self-contained HTML file: the title in its head and above `body`, and a style for text, pictures and tables, light
// or dark as the reader's system is. Pictures stand in <figure>, tables in <div class="wide">: each scrolls in its own
// box if it is wider than the window.
std::string html_page(const std::string& title, const std::string& body);

// What a page shows of one run.
struct RunReport {
  std::string name;                                           // mlp4
  std::string title;                                          // what to see
  std::vector<std::pair<std::string, std::string>> settings;  // {"optimizer", "adam lr 0.001"}, …
  std::string command;                                        // repeats this run
  std::vector<std::string> pictures;                          // SVG
  std::string predictions;                                    // confusion_html and mistakes_html
  std::string trace = "", beside = "";                        // what --trace and --beside show, or nothing
};

// The confusion table as an HTML table: rows predicted, columns true.
std::string confusion_html(const Confusion& confusion);

// The flowers that were predicted wrong: row of iris, the four measurements in cm, predicted and true species. o: n ×
// 3, the predictions for the n flowers of data. Throws std::invalid_argument if the shapes do not fit.
std::string mistakes_html(const Dataset& data, const Matrix& o);

// The numbers of a traced flower; nothing if there are none.
std::string trace_html(const std::string& shown);

// A lesson's index.html, self-contained: the command that made it, then every run with its settings, the command that
// repeats it, its pictures, its predictions, and links to its files.
std::string lesson_page(const std::string& title, const std::string& command, const std::vector<RunReport>& runs);

// The page that links others by their titles. pages: for each its address and what html_page made.
std::string overview_page(const std::vector<std::pair<std::string, std::string>>& pages);

}  // namespace handgrad
