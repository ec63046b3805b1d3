#include "tests/program/program.h"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

namespace handgrad {

std::string program_path(const std::string& name) {
  const char* programs = std::getenv("HANDGRAD_PROGRAMS");
  REQUIRE_MESSAGE(programs != nullptr, "HANDGRAD_PROGRAMS must name the folder of the built lessons");
  std::string program = (std::filesystem::absolute(programs) / name).string();
  REQUIRE(std::filesystem::exists(program));
  return program;
}

Outcome run_program(const std::string& name, const std::string& arguments, const std::string& folder,
                    const std::string& before, const std::string& output) {
  const std::string program = program_path(name);
  const TemporaryFolder printed;
  const std::string out = printed.path + "/out", err = printed.path + "/err";
  const std::string command = "cd '" + folder + "' && " + before + " '" + program + "' " + arguments + " >" +
                              (output.empty() ? out : output) + " 2>" + err;
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  return {WEXITSTATUS(status), output.empty() ? read_file(out) : "", read_file(err)};
}

Outcome run_lesson1(const std::string& arguments, const std::string& folder, const std::string& before,
                    const std::string& output) {
  return run_program("lesson1", arguments, folder, before, output);
}

void make_command(const TemporaryFolder& folder, const std::string& name, const std::string& script) {
  const std::string path = folder.path + "/" + name;
  write_file(path, "#!/bin/sh\n" + script + "\n");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

std::map<std::string, std::string> contents_of(const std::string& folder) {
  std::map<std::string, std::string> contents;
  for (const std::string& name : split(names_in(folder), ' ')) contents[name] = read_file(folder + "/" + name);
  return contents;
}

}  // namespace handgrad
