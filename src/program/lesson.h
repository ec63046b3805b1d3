#pragma once

#include <string>
#include <vector>

#include "src/data/iris.h"
#include "src/program/settings.h"

namespace handgrad {

// Something that a lesson shows before its runs, the standardisation of lesson 2: prints to stdout unless quiet, writes
// standardisation.svg into the folder, and returns what the page shows of it.
using Demonstration = std::string (*)(const Iris& iris, const std::string& folder, bool quiet);

struct Lesson {
  std::string title;
  std::vector<Run> runs;
  Demonstration demonstration = nullptr;
};

// The folder of a lesson's source file: "lesson3" of "lessons/lesson3/main.cpp". It is the lesson's name everywhere.
std::string lesson_of(const std::string& file);

// What repeats a run of "lesson3" with these arguments: make run-lesson3 ARGS="…".
std::string command_text(const std::string& lesson, const std::vector<std::string>& arguments);

// Writes out/index.html, which links every out/lesson*/index.html that there is, and shows out/comparison.svg. Throws
// as write_file does.
void write_overview();

// A lesson's whole program. It reads the command line, trains every run (or the one that --run names), prints the
// lecture's lines, and writes the files of each run and index.html. Unless --out names another folder, it also writes
// out/index.html. Returns the exit status, as report_errors does. `file` is the lesson's main.cpp.
int run_lesson(const Lesson& lesson, int argc, char** argv, const char* file = __builtin_FILE());

}  // namespace handgrad
