#include <cstddef>
#include <cstdlib>

#include "src/io/file.h"
#include "src/io/text.h"
#include "src/training/parameter_file.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/targets.h"
#include "tests/io/temporary_folder.h"

namespace handgrad {

void fuzz_params(const std::string& text) {
  constexpr Real untouched = 7;
  Matrix W(2, 3, untouched), b(1, 3, untouched), gamma(1, 3, untouched);
  const std::vector<Parameter> parameters{{"fc1_weight", &W}, {"fc1_bias", &b}, {"bn1_gamma", &gamma}};
  if (!reads(text, [&](const std::string& path) { read_parameters(path, parameters); })) {
    for (const Matrix* matrix : {&W, &b, &gamma}) {
      for (const Real value : matrix->values) require(value == untouched, "a refused file has changed a parameter");
    }
    return;
  }

  // What was read must be what stands there, word for word, but for a byte-order mark, and a first line and an end that
  // are there or not.
  const auto values_of = [](const std::string& bytes) {
    std::string lines;
    for (const std::string& line : split(bytes.substr(byte_order_mark(bytes)), '\n')) {
      if (line.compare(0, 2, "# ") != 0) lines += line + "\n";
    }
    return words_of(lines, " \r\n");
  };
  const std::vector<std::string> found = values_of(text);
  static const TemporaryFolder folder;
  const std::string written = folder.path + "/written";
  write_parameters(written, parameters);
  const std::vector<std::string> read = values_of(read_file(written));
  require(found.size() == read.size(), "an accepted file has more or fewer words than the network");
  for (std::size_t k = 0; k < read.size(); ++k) {
    char* end = nullptr;
    const double number = std::strtod(found[k].c_str(), &end);
    const bool same_number = static_cast<std::size_t>(end - found[k].c_str()) == found[k].size() &&
                             static_cast<Real>(number) == static_cast<Real>(std::strtod(read[k].c_str(), nullptr));
    require(found[k] == read[k] || same_number, "read " + read[k] + " where there is " + found[k]);
  }
}

}  // namespace handgrad
