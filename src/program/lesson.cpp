#include "src/program/lesson.h"

#include <glob.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <new>
#include <stdexcept>
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

const std::string demonstration_name = "standardisation";

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

// What another program wrote, or nothing if it cannot be read: that is no fault of this one.
std::string text_if_any(const std::string& file) {
  try {
    return read_file(file);
  } catch (const std::runtime_error&) {
    return "";
  }
}

// The part of the page that was made before, if the files that it shows are still there.
std::string earlier_section(const std::string& folder, const std::string& name, const std::string& file) {
  return std::filesystem::exists(folder + "/" + file) ? section_of(text_if_any(folder + "/index.html"), name) : "";
}

// Where memory runs out, says for what.
template <class Work>
auto within_memory(const Settings& settings, const Options& options, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(memory_text(settings, options));
  }
}

void perform(const Lesson& lesson, const std::string& name, const Options& options,
             const std::vector<std::string>& arguments) {
  const std::vector<Settings> chosen = chosen_runs(lesson.runs, options);
  if (options.summary) {
    for (const Settings& settings : chosen) {
      within_memory(settings, options, [&] { print_summary(settings); });
    }
    return;
  }
  check_project_root();
  const Iris iris = read_iris("data/iris.csv");
  const Split split = read_split("data/lecture_split.csv", iris);
  const Dataset samples = options.rows.empty() ? split.test : take_rows(iris, options.rows);
  const std::string folder = folder_for(name, options);

  if (options.load) {
    within_memory(chosen.front(), options, [&] { load_run(chosen.front(), options, split, samples, folder); });
    return;
  }
  std::map<std::string, std::string> made;  // sections of the page, by their names
  if (lesson.demonstration != nullptr && !options.run) {
    made[demonstration_name] = page_section(demonstration_name, lesson.demonstration(iris, folder, options.quiet));
  }
  std::string diverged;
  for (const Settings& settings : chosen) {
    const std::string& run = settings.run->name;
    RunReport report =
        within_memory(settings, options, [&] { return train_run(settings, options, split, samples, folder); });
    std::vector<std::string> only_this = arguments;
    if (!options.run) only_this.insert(only_this.begin(), {"--run", run});
    report.command = command_text(name, only_this);
    made[run] = run_section(report);
    flush_standard_output();
    diverged = report.diverged;
    if (!diverged.empty()) break;
  }

  std::vector<std::string> sections{made[demonstration_name]};
  if (sections[0].empty()) sections[0] = earlier_section(folder, demonstration_name, demonstration_name + ".svg");
  for (const Run& run : lesson.runs) {
    const std::string& section = made[run.name];
    sections.push_back(section.empty() ? earlier_section(folder, run.name, run.name + ".history.csv") : section);
  }
  const std::string page = folder + "/index.html";
  const std::string title = heading(lesson, name) + (asks_for_own(options) ? " (your own)" : "");
  write_file(page, lesson_page(title, command_text(name, arguments), sections));
  if (!options.out) write_overview();
  if (!diverged.empty()) throw std::runtime_error(diverged);
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
  hold_folder("out");  // so that of lessons that end at once the last one sees all pages
  glob_t found{};
  glob("out/lesson*/index.html", 0, nullptr, &found);
  std::vector<std::string> files(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  std::stable_sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return a.size() < b.size();  // lesson10 behind lesson9
  });

  std::vector<std::pair<std::string, std::string>> pages;
  for (const std::string& file : files) pages.emplace_back(file.substr(file.find('/') + 1), text_if_any(file));
  write_file("out/index.html", overview_page(pages, text_if_any("out/comparison.svg")));
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
