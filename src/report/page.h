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
  std::string name;                                                // mlp4
  std::string title;                                               // what to see
  std::string result;                                              // a sentence: what came out
  std::vector<std::pair<std::string, std::string>> settings = {};  // {"optimizer", "adam lr 0.001"}, …
  std::string command = "";                                        // repeats this run
  std::string gradients = "", legend = "";                         // SVG, and its legend as HTML
  std::string network = "", loss = "", heat_map = "";              // SVG
  std::string predictions = "";                                    // confusion_html and mistakes_html
  std::string trace = "", beside = "";                             // what --trace and --beside show, or nothing
  std::string diverged = "";  // why it ended early: then there are neither predictions nor parameters
};

// The confusion table as an HTML table: rows predicted, columns true.
std::string confusion_html(const Confusion& confusion);

// The flowers that were predicted wrong: row of iris, the four measurements in cm, predicted and true species. o: n ×
// 3, the predictions for the n flowers of data. Throws std::invalid_argument if the shapes do not fit.
std::string mistakes_html(const Dataset& data, const Matrix& o);

// The numbers of a traced flower; nothing if there are none.
std::string trace_html(const std::string& shown);

// A run's part of its lesson's page: what to see, the gradients, the network drawn, the rest, the settings and the
// command that repeats it, and links to its files. What there is not is left out.
std::string run_section(const RunReport& run);

// A part of a page by its name, with the picture or text in it.
std::string page_section(const std::string& name, const std::string& html);

// That part of a page that was made before; empty if it has none, or is no page.
std::string section_of(const std::string& page, const std::string& name);

// A lesson's index.html, self-contained: its sections, and the command that made it.
std::string lesson_page(const std::string& title, const std::string& command, const std::vector<std::string>& sections);

// The page that links others by their titles, with a picture below. pages: for each its address and what html_page
// made.
std::string overview_page(const std::vector<std::pair<std::string, std::string>>& pages, const std::string& picture);

}  // namespace handgrad
