#pragma once

#include <map>
#include <string>

#include "src/io/file.h"
#include "src/io/text.h"
#include "tests/io/temporary_folder.h"

namespace handgrad {

// What a program left behind: its exit status and what it printed.
struct Outcome {
  int status;
  std::string out;
  std::string err;
};

// The path of a program of the lessons.
std::string program_path(const std::string& name);

// Runs a program in `folder` (by default the project's root) through the shell, so that arguments are quoted as on a
// command line. `before` stands in front of the program, `output` is where its stdout goes.
Outcome run_program(const std::string& name, const std::string& arguments, const std::string& folder = ".",
                    const std::string& before = "", const std::string& output = "");

Outcome run_lesson1(const std::string& arguments, const std::string& folder = ".", const std::string& before = "",
                    const std::string& output = "");

// Makes `name` in the folder a command of the shell.
void make_command(const TemporaryFolder& folder, const std::string& name, const std::string& script);

// What lies in a folder: the content of every file under its name.
std::map<std::string, std::string> contents_of(const std::string& folder);

}  // namespace handgrad
