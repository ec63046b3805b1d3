#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson1/network.h"
#include "lessons/lesson6/measurement.h"
#include "lessons/lesson7/spread.h"
#include "lessons/lesson7/spread_plot.h"
#include "lessons/lesson7/tables.h"
#include "src/io/file.h"
#include "src/io/standard_output.h"
#include "src/io/text.h"
#include "src/program/lesson.h"
#include "src/report/markup.h"
#include "src/report/page.h"
#include "src/report/summary.h"
#include "src/report/table.h"
#include "src/training/batches.h"

namespace {

using namespace handgrad;
using namespace handgrad::lesson7;

// depth counts the fully connected layers, as in lesson 1.
std::unique_ptr<Network> make_mlp(int depth, int width) {
  return std::make_unique<lesson1::Mlp>(layer_widths(depth - 1, width));
}

Lesson lesson() {
  Lesson lesson{"before the first step", {}};
  for (const int depth : {8, 25, 50, 100}) {
    const std::string layers = std::to_string(depth);
    lesson.runs.push_back(
        {"mlp" + layers, "lesson 1's network with " + layers + " layers", depth, 10, lecture_adam(), make_mlp});
  }
  return lesson;
}

// What is compared: at every depth every initialisation, before the first step and trained by every optimizer.
struct Comparison {
  std::vector<int> depths;
  int width;
  std::vector<int> spread_widths;  // for the networks that are not trained
  std::vector<Init> inits;
  std::vector<OptimizerSettings> optimizers;
  std::uint32_t first_seed;
  int seeds;
  TrainingSettings training;
};

Comparison comparison_of(const Options& options) {
  Comparison comparison{
      options.depth ? std::vector<int>{*options.depth} : std::vector<int>{8, 25, 50, 100},
      options.width.value_or(10),
      options.width ? std::vector<int>{*options.width} : std::vector<int>{10, 100},
      options.init ? std::vector<Init>{*options.init} : std::vector<Init>{Init::lecture, Init::glorot, Init::he},
      {},
      options.seed.value_or(0),
      options.seeds.value_or(10),
      {lecture_adam()}};
  for (OptimizerSettings optimizer : {lecture_adam(), lecture_sgd()}) {
    if (options.optimizer && *options.optimizer != optimizer.kind) continue;
    optimizer.lr = options.lr.value_or(optimizer.lr);
    optimizer.momentum = options.momentum.value_or(optimizer.momentum);
    comparison.optimizers.push_back(optimizer);
  }
  if (options.momentum && options.optimizer != OptimizerSettings::Kind::sgd) {
    throw UsageError("--momentum: adam has none, accepted with --optimizer sgd");
  }
  comparison.training.epochs = options.epochs.value_or(comparison.training.epochs);
  comparison.training.batch_size = options.batch.value_or(comparison.training.batch_size);
  comparison.training.clip = options.clip.value_or(comparison.training.clip);
  refuse_seeds_beyond(comparison.first_seed, comparison.seeds);
  for (const int depth : comparison.depths) {
    const std::string name = "mlp" + std::to_string(depth);
    refuse_too_many_weights(depth, comparison.width, plain_weights(depth, comparison.width), name);
    refuse_long_history(comparison.training.epochs, depth, name);
  }
  return comparison;
}

std::string settings_text(const Comparison& comparison, const Options& options) {
  std::string text =
      lesson6::comparison_text(comparison.width, comparison.training, comparison.first_seed, comparison.seeds);
  if (options.lr) text += ", lr " + number_text(*options.lr);
  if (options.momentum) text += ", momentum " + number_text(*options.momentum);
  if (options.clip) text += ", clip " + number_text(*options.clip);
  const std::string left_out = left_out_text(comparison.training.batch_size);
  if (!left_out.empty()) text += "; " + left_out;
  return text;
}

// Trains every network from every seed.
Table accuracy_table(const Comparison& comparison, const Split& split, std::vector<lesson6::Measurement>& all) {
  Table table{formatted("test accuracy in %%: mean ± standard deviation over %s (how many learned: at least %g %%)",
                        counted(comparison.seeds, "seed").c_str(), lesson6::learned_from),
              {""},
              {},
              36,
              18};
  for (const int depth : comparison.depths) table.head.push_back(formatted("mlp%d", depth));
  for (const OptimizerSettings& optimizer : comparison.optimizers) {
    for (const Init init : comparison.inits) {
      lesson6::Remedy remedy;
      remedy.init = init;
      remedy.name = init_name(init) + " " + optimizer_text(optimizer);
      TrainingSettings training = comparison.training;
      training.optimizer = optimizer;
      table.rows.push_back({remedy.name});
      for (const int depth : comparison.depths) {
        std::vector<lesson6::Measurement> runs;
        for (int k = 0; k < comparison.seeds; ++k) {
          runs.push_back(lesson6::measure(remedy, depth, comparison.width,
                                          comparison.first_seed + static_cast<std::uint32_t>(k), split, training));
        }
        table.rows.back().push_back(accuracy_text(lesson6::summary_of(runs)));
        all.insert(all.end(), runs.begin(), runs.end());
      }
    }
  }
  return table;
}

void compare(const Lesson& lesson, const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> run_names;
  for (const Run& run : lesson.runs) run_names.push_back(run.name);
  const Options options = parse_init_options(arguments, run_names);
  const std::string title = "Lesson 7: " + lesson.title;
  if (options.help) {
    std::printf(
        "%s\nusage: %s ARGS=\"OPTIONS\"\n%swith --run it trains one network, prints and writes what lessons 1 to "
        "5 do, and takes their options\n",
        title.c_str(), command_text(name, {}).c_str(), init_options_help(run_names).c_str());
    return;
  }
  const Comparison comparison = comparison_of(options);
  std::signal(SIGPIPE, SIG_DFL);  // `| head -1` may end it as it ends other programs: what it has written is whole
  const Split split = read_lecture_split();
  const std::string settings = settings_text(comparison, options);
  std::string tables, html;
  const auto print = [&](const std::string& text) {
    if (!options.quiet) std::printf("%s", text.c_str());
    flush_standard_output();
  };
  const auto show = [&](const Table& table) {
    print(table.text());
    tables += table.text();
    html += "<p>" + escaped(table.legend) + "</p>\n" + html_table(table.head, table.rows);
  };
  print(title + "\n" + settings + "\n\n");
  show(factor_table(comparison.inits, comparison.width));

  Matrix x, y;
  take_batch(split.train, 0, comparison.training.batch_size, x, y);
  const std::string folder = folder_for(name, options);
  hold_folder(folder);
  std::vector<Measured> all, last_init;
  std::string files = "runs.csv spread.csv table.md";
  for (const int depth : comparison.depths) {
    std::vector<Measured> of_depth;
    std::vector<SpreadLine> lines;
    for (const Init init : comparison.inits) {
      of_depth.push_back(measure_spreads(depth, comparison.width, init, comparison.first_seed, comparison.seeds, x, y));
      lines.push_back({init_name(init), of_depth.back().predicted, root_mean_square(of_depth.back().seeds)});
    }
    show(spread_table(of_depth));
    all.insert(all.end(), of_depth.begin(), of_depth.end());
    const std::string svg = spread_plot_svg(lines, formatted("mlp%d before the first step", depth), settings);
    html += "<figure>" + svg + "</figure>\n";
    write_file(folder + formatted("/mlp%d.spread.svg", depth), svg);
    files += formatted(" mlp%d.spread.svg", depth);
  }
  for (const int width : comparison.spread_widths) {
    for (const int depth : comparison.depths) {
      last_init.push_back(
          measure_spreads(depth, width, comparison.inits.back(), comparison.first_seed, comparison.seeds, x, y));
    }
  }
  show(apart_table(last_init));
  std::vector<lesson6::Measurement> runs;
  show(accuracy_table(comparison, split, runs));

  write_file(folder + "/runs.csv", lesson6::runs_csv(runs));
  write_file(folder + "/spread.csv", spread_csv(all));
  write_file(folder + "/table.md", tables);
  write_file(folder + "/index.html", html_page(title + (asks_for_own(options) ? " (your own)" : ""),
                                               "<p>Made by <code>" + escaped(command_text(name, arguments)) +
                                                   "</code></p>\n<p>" + escaped(settings) + "</p>\n" + html));
  if (!options.out) write_overview();
  print("written: " + folder + "/" + files + "\nopen " + folder + "/index.html in a browser\n");
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (std::count(arguments.begin(), arguments.end(), "--run") != 0) return run_lesson(lesson(), argc, argv);
  const std::string name = lesson_of(__FILE__);
  return report_errors(name, [&] {
    compare(lesson(), name, arguments);
    return 0;
  });
}
