#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "lessons/lesson6/measurement.h"
#include "lessons/lesson6/remedies.h"
#include "src/data/iris.h"
#include "src/data/split.h"
#include "src/io/file.h"
#include "src/io/standard_output.h"
#include "src/io/text.h"
#include "src/program/errors.h"
#include "src/program/lesson.h"
#include "src/program/options.h"
#include "src/program/settings.h"
#include "src/report/heat_map.h"
#include "src/report/markup.h"
#include "src/report/page.h"
#include "src/report/table.h"
#include "src/report/trace.h"
#include "src/training/initialisation.h"

namespace {

using namespace handgrad;
using namespace handgrad::lesson6;

std::string lesson() {
  return lesson_of(__FILE__);
}

const char* const title = "Lesson 6: the remedies, measured";
constexpr std::size_t cell_width = 18;

// What is compared: every remedy at every depth with every seed.
struct Comparison {
  std::vector<Remedy> remedies;
  std::vector<int> depths;
  int width;
  std::uint32_t first_seed;
  int seeds;
  TrainingSettings training;
};

Comparison comparison_of(const Options& options) {
  Comparison comparison{{},
                        options.depth ? std::vector<int>{*options.depth} : std::vector<int>{4, 8, 16, 25, 50, 100},
                        options.width.value_or(10),
                        options.seed.value_or(0),
                        options.seeds.value_or(10),
                        {lecture_adam()}};
  comparison.training.epochs = options.epochs.value_or(comparison.training.epochs);
  comparison.training.batch_size = options.batch.value_or(comparison.training.batch_size);
  refuse_seeds_beyond(comparison.first_seed, comparison.seeds);
  for (const std::string& name : options.remedies.empty() ? default_remedies() : options.remedies) {
    Remedy remedy = remedy_named(name);
    remedy.optimizer.lr = options.lr.value_or(remedy.optimizer.lr);
    remedy.clip = options.clip.value_or(remedy.clip);
    if (!remedy.init) remedy.init = options.init;
    for (const int depth : comparison.depths) {
      refuse_too_many_weights(depth, comparison.width, remedy_weights(remedy, depth, comparison.width), name);
      refuse_long_history(comparison.training.epochs, depth, name);
    }
    comparison.remedies.push_back(remedy);
  }
  if (options.trace && comparison.remedies.size() * comparison.depths.size() > 1) {
    throw UsageError("--trace: the numbers are of one network, accepted with --remedies A and --depth N");
  }
  return comparison;
}

TrainingSettings training_of(const Comparison& comparison, const Remedy& remedy) {
  TrainingSettings training = comparison.training;
  training.optimizer = remedy.optimizer;
  training.loss = remedy.loss;
  training.clip = remedy.clip;
  return training;
}

// For --trace, which is of one network: that of the first seed.
Trace trace_of_only(const Comparison& comparison, const Split& samples, int row, const std::string& path) {
  const Remedy& remedy = comparison.remedies.front();
  const int depth = comparison.depths.front();
  const TrainingSettings training = training_of(comparison, remedy);
  RemedyMlp network(remedy_widths(remedy, depth, comparison.width), remedy.architecture);
  initialise(network.parameters(), comparison.first_seed, remedy.init.value_or(Init::lecture));
  train(network, samples.train, training);
  const std::string of = remedy.name + " of " + counted(depth, "layer") + " after " + counted(training.epochs, "epoch");
  return trace_of(network, training.loss, samples, row, training.batch_size, of, path);
}

std::string settings_text(const Comparison& comparison, const Options& options) {
  std::string text = comparison_text(comparison.width, comparison.training, comparison.first_seed, comparison.seeds);
  if (options.lr) text += ", lr " + number_text(*options.lr);
  if (options.clip) text += ", clip " + number_text(*options.clip);
  if (options.init) text += ", init " + init_name(*options.init) + " where a remedy names none";
  const std::string left_out = left_out_text(comparison.training.batch_size);
  if (!left_out.empty()) text += "; " + left_out;
  return text;
}

// How wide the column of names is.
std::size_t name_width(const Comparison& comparison) {
  std::size_t width = 3;  // "---"
  for (const Remedy& remedy : comparison.remedies) width = std::max(width, remedy.name.size());
  return width + 1;
}

std::vector<std::string> head_cells(const Comparison& comparison) {
  std::vector<std::string> cells{""};
  for (const int depth : comparison.depths) cells.push_back(counted(depth, "layer"));
  return cells;
}

std::vector<std::string> row_cells(const std::string& name, const std::vector<Summary>& summaries,
                                   std::string (*text_of)(const Summary&)) {
  std::vector<std::string> cells{name};
  for (const Summary& summary : summaries) cells.push_back(text_of(summary));
  return cells;
}

// The mean accuracies, depth × remedy.
HeatMap heat_map_of(const Comparison& comparison, const std::vector<std::vector<Summary>>& summaries,
                    const std::string& settings) {
  HeatMap map;
  map.title = "Mean test accuracy of every remedy at every depth";
  map.subtitle = settings;
  map.row_axis = "remedy";
  map.column_axis = "depth: fully connected layers";
  map.value_axis = "% of the test flowers that are right";
  map.lowest = 30;
  map.highest = 100;
  for (const int depth : comparison.depths) map.columns.push_back(std::to_string(depth));
  for (std::size_t k = 0; k < summaries.size(); ++k) {
    map.rows.push_back(comparison.remedies[k].name);
    map.values.emplace_back();
    map.texts.emplace_back();
    for (const Summary& summary : summaries[k]) {
      map.values.back().push_back(summary.mean);
      map.texts.back().push_back(formatted("%d/%d", summary.learned, summary.runs));
    }
  }
  return map;
}

void perform(const std::vector<std::string>& arguments) {
  const Options options = parse_remedy_options(arguments);
  if (options.help) {
    std::printf("%s\nusage: %s ARGS=\"OPTIONS\"\n%s%s", title, command_text(lesson(), {}).c_str(),
                remedy_options_help().c_str(), remedies_help().c_str());
    return;
  }
  const Comparison comparison = comparison_of(options);
  std::signal(SIGPIPE, SIG_DFL);  // nothing is written before the end: `| head -1` may end it as it ends other programs
  const Split raw = read_lecture_split();
  const Split standard = standardised(raw);
  const std::string settings = settings_text(comparison, options);
  const auto print = [&](const std::string& text) {
    if (!options.quiet) std::printf("%s", text.c_str());
    flush_standard_output();
  };

  const std::string accuracy_legend =
      formatted("test accuracy in %%: mean ± standard deviation over %s (how many learned: at least %g %%)",
                counted(comparison.seeds, "seed").c_str(), learned_from);
  const std::string ratio_legend =
      "first layer's mean |gradient| over the last layer's in epoch 1: median over the seeds (0: too small for a "
      "float; -: so is the last layer's)";
  const std::vector<std::string> head = head_cells(comparison);
  const std::size_t first = name_width(comparison);
  const std::string head_lines = table_head(head, first, cell_width);
  print(std::string(title) + "\n" + settings + "\n\n" + accuracy_legend + "\n\n" + head_lines);

  std::vector<Measurement> all;
  std::vector<std::vector<Summary>> summaries;  // [remedy][depth]
  std::vector<std::vector<std::string>> accuracies, ratios;
  std::string accuracy_lines = head_lines, ratio_lines = head_lines;
  for (const Remedy& remedy : comparison.remedies) {
    const TrainingSettings training = training_of(comparison, remedy);
    summaries.emplace_back();
    for (const int depth : comparison.depths) {
      std::vector<Measurement> runs;
      for (int k = 0; k < comparison.seeds; ++k) {
        runs.push_back(measure(remedy, depth, comparison.width, comparison.first_seed + static_cast<std::uint32_t>(k),
                               remedy.standardised ? standard : raw, training));
      }
      summaries.back().push_back(summary_of(runs));
      all.insert(all.end(), runs.begin(), runs.end());
    }
    accuracies.push_back(row_cells(remedy.name, summaries.back(), accuracy_text));
    ratios.push_back(row_cells(remedy.name, summaries.back(), ratio_text));
    print(table_row(accuracies.back(), first, cell_width));
    accuracy_lines += table_row(accuracies.back(), first, cell_width);
    ratio_lines += table_row(ratios.back(), first, cell_width);
  }
  print("\n" + ratio_legend + "\n\n" + ratio_lines);

  const std::string heading = std::string(title) + (asks_for_own(options) ? " (your own)" : "");
  const std::string folder = folder_for(lesson(), options);
  hold_folder(folder);
  const std::string trace_file = folder + "/trace.txt";
  Trace trace;
  if (options.trace) {
    const bool standardised_too = comparison.remedies.front().standardised;
    trace = trace_of_only(comparison, standardised_too ? standard : raw, *options.trace, trace_file);
    print("\n" + trace.shown);
    write_file(trace_file, trace.file);
  } else {
    std::remove(trace_file.c_str());  // it would be of another run
  }
  const std::string svg = heat_map_svg(heat_map_of(comparison, summaries, settings));
  write_file(folder + "/runs.csv", runs_csv(all));
  write_file(folder + "/table.md",
             accuracy_legend + "\n\n" + accuracy_lines + "\n" + ratio_legend + "\n\n" + ratio_lines);
  write_file(folder + "/remedies.svg", svg);
  write_file(
      folder + "/index.html",
      html_page(heading, "<p>Made by <code>" + escaped(command_text(lesson(), arguments)) + "</code></p>\n<p>" +
                             escaped(settings) + "</p>\n<figure>" + svg +
                             "</figure>\n<p>In the cells: how many of the seeds learned.</p>\n<h2>Accuracy</h2>\n<p>" +
                             escaped(accuracy_legend) + "</p>\n" + html_table(head, accuracies) +
                             "<h2>Gradient</h2>\n<p>" + escaped(ratio_legend) + "</p>\n" + html_table(head, ratios) +
                             trace_html(trace.shown) +
                             "<p>Files: <a href=\"runs.csv\">runs.csv</a> <a href=\"table.md\">table.md</a> <a "
                             "href=\"remedies.svg\">remedies.svg</a>" +
                             (options.trace ? " <a href=\"trace.txt\">trace.txt</a>" : "") + "</p>\n"));
  if (!options.out) write_overview();
  print("\nwritten: " + folder + "/runs.csv table.md remedies.svg" + (options.trace ? " trace.txt" : "") + "\nopen " +
        folder + "/index.html in a browser\n");
}

}  // namespace

int main(int argc, char** argv) {
  return report_errors(lesson(), [=] {
    perform({argv + 1, argv + argc});
    return 0;
  });
}
