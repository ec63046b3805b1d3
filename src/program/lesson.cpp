#include "src/program/lesson.h"

#include <glob.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <utility>

#include "src/data/split.h"
#include "src/io/file.h"
#include "src/io/standard_output.h"
#include "src/io/text.h"
#include "src/program/errors.h"
#include "src/program/run.h"
#include "src/report/page.h"

namespace handgrad {

namespace {

// "Lesson 3: residual sums"
std::string heading(const Lesson& lesson, const std::string& name) {
  return "Lesson " + name.substr(name.find_first_of("0123456789")) + ": " + lesson.title;
}

// What no shell changes in a word, letters of other languages among them.
bool is_plain(unsigned char c) {
  return std::isalnum(c) != 0 || c >= 128 || std::strchr("-_./,+:=@%^", c) != nullptr;
}

// 'it'\''s' for it's: for a POSIX shell.
std::string in_single_quotes(const std::string& text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}

void perform(const Lesson& lesson, const std::string& name, const Options& options,
             const std::vector<std::string>& arguments) {
  const std::vector<Settings> chosen = chosen_runs(lesson.runs, options);
  if (options.summary) {
    for (const Settings& settings : chosen) print_summary(settings);
    return;
  }
  const Iris iris = read_iris("data/iris.csv");
  const Split split = read_split("data/lecture_split.csv", iris);
  const Dataset samples = options.rows.empty() ? split.test : take_rows(iris, options.rows);
  const std::string folder = folder_for(name, options);

  if (options.load) {
    load_run(chosen.front(), options, split, samples, folder + "/" + chosen.front().run->name);
    return;
  }
  if (lesson.demonstration && !options.run) lesson.demonstration(iris, folder, options.quiet);
  std::vector<RunReport> reports;
  for (const Settings& settings : chosen) {
    const std::string& run = settings.run->name;
    reports.push_back(train_run(settings, options, split, samples, folder + "/" + run));
    std::vector<std::string> only_this = arguments;
    if (!options.run) only_this.insert(only_this.begin(), {"--run", run});
    reports.back().command = command_text(name, only_this);
    flush_standard_output();
  }
  const std::string page = folder + "/index.html";
  const std::string title = heading(lesson, name) + (asks_for_own(options) ? " (your own)" : "");
  write_file(page, lesson_page(title, command_text(name, arguments), reports));
  if (!options.out) write_overview();
  if (!options.quiet) std::printf("open %s in a browser\n", page.c_str());
}

}  // namespace

std::string lesson_of(const std::string& file) {
  const std::string folder = file.substr(0, file.rfind('/'));
  return folder.substr(folder.rfind('/') + 1);
}

std::string command_text(const std::string& lesson, const std::vector<std::string>& arguments) {
  std::string words;
  bool any_special = false;
  for (const std::string& argument : arguments) {
    const bool special = argument.find_first_of("\"#$'\\`!") != std::string::npos;
    const bool quoted_word = !std::all_of(argument.begin(), argument.end(), is_plain);
    any_special = any_special || special;
    words += (words.empty() ? "" : " ") + (quoted_word ? in_single_quotes(argument) : argument);
  }
  const std::string command = "make run-" + lesson;
  if (arguments.empty()) return command;
  if (!any_special) return command + " ARGS=\"" + words + "\"";
  // Once for make, to which $ means something, and once for the shell that calls it.
  return command + " ARGS=" + in_single_quotes(replaced(words, "$", "$$"));
}

void write_overview() {
  glob_t found{};
  glob("out/lesson*/index.html", 0, nullptr, &found);
  std::vector<std::string> files(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  std::stable_sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return a.size() < b.size();  // lesson10 behind lesson9
  });

  std::vector<std::pair<std::string, std::string>> pages;
  for (const std::string& file : files) pages.emplace_back(file.substr(file.find('/') + 1), read_file(file));
  write_file("out/index.html", overview_page(pages));
}

int run_lesson(const Lesson& lesson, int argc, char** argv, const char* file) {
  const std::string name = lesson_of(file);
  return report_errors(name, [&] {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::vector<std::string> run_names;
    for (const Run& run : lesson.runs) run_names.push_back(run.name);
    const Options options = parse_options(arguments, run_names);
    if (options.help) {
      std::printf("%s\nusage: make run-%s ARGS=\"OPTIONS\"\n%s", heading(lesson, name).c_str(), name.c_str(),
                  options_help(run_names).c_str());
    } else {
      perform(lesson, name, options, arguments);
    }
    return 0;
  });
}

}  // namespace handgrad
