#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "src/data/iris.h"
#include "src/training/network.h"
#include "src/training/optimizer.h"

namespace handgrad {

// About how many weights a network of `depth` layers of `width` units has.
double plain_weights(int depth, int width);

// One run of a lesson, with the lecture's settings.
struct Run {
  std::string name;   // names its files: out/lessonN/NAME.history.csv, …
  std::string title;  // what the plot shows under the lecture's settings
  int depth;          // the number in the run's name, which --depth changes
  int width;          // units of a hidden layer, which --width changes
  OptimizerSettings optimizer;
  std::function<std::unique_ptr<Network>(int depth, int width)> make_network;
  double (*count_weights)(int depth, int width) = plain_weights;  // so that what fits no machine is refused in time
};

// Something that a lesson shows before its runs: prints to stdout unless quiet, writes into the folder.
using Demonstration = std::function<void(const Iris& iris, const std::string& folder, bool quiet)>;

struct Lesson {
  int number;
  std::string title;
  std::vector<Run> runs;
  Demonstration demonstration = nullptr;
};

// The sizes of a network for iris: 4 features, `hidden` layers of `width` units, 3 classes.
std::vector<int> layer_widths(int hidden, int width);

// What repeats a run with these arguments.
std::string command_text(int lesson, const std::vector<std::string>& arguments);

// Throws UsageError if a network would have more weights than any machine has memory for.
void refuse_too_many_weights(int depth, int width, double weights, const std::string& run);

// Writes out/index.html, which links the out/lessonN/index.html that there are. Throws as read_file and write_file do.
void write_overview();

// Runs a lesson's program and returns its exit status: 0, 1 after a failure, 2 after a wrong option; then one line on
// stderr, which begins with the name, has said why. After Ctrl-C it does not return: the line says so, and the program
// ends by the signal.
int report_errors(const std::string& name, const std::function<void()>& program);

// A lesson's whole program: reads the command line, trains every run (or the one that --run names), prints
// the lecture's lines, writes the files of each run and index.html, and, unless --out names another folder,
// out/index.html, which links the pages of all lessons. Returns the exit status, as report_errors does.
int run_lesson(const Lesson& lesson, int argc, char** argv);

}  // namespace handgrad
