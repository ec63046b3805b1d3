#include "src/training/parameter_file.h"

#include <doctest/doctest.h>

#include "src/io/file.h"
#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

// Reading `text` as the parameters of a network with a 2×2 weight and a bias must fail with `message` and leave them as
// they were. In the message FILE stands for the path.
void check_refused(const std::string& text, std::string message) {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/net.params.txt";
  write_file(path, text);
  message.replace(message.find("FILE"), 4, path);

  Matrix W(2, 2, 7), b(1, 2, 8);
  expect_message(message, [&] { read_parameters(path, {{"fc1_weight", &W}, {"fc1_bias", &b}}); });
  CHECK(W.values == std::vector<Real>{7, 7, 7, 7});
  CHECK(b.values == std::vector<Real>{8, 8});
}

}  // namespace

TEST_CASE("parameters are written as name, shape and rows") {
  const TemporaryFolder folder;
  Matrix W{{1, -0.5}, {0.1f, 1e-30f}}, b{{0, 3}};
  write_parameters(folder.path + "/new/net.params.txt", {{"fc1_weight", &W}, {"fc1_bias", &b}});
  CHECK(read_file(folder.path + "/new/net.params.txt") ==
        "fc1_weight 2 2\n1 -0.5\n0.100000001 1e-30\n"
        "fc1_bias 1 2\n0 3\n");
}

TEST_CASE("parameters are read back exactly, subnormal numbers and the largest among them") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/net.params.txt";
  Matrix W{{1.0f / 3, -1e-42f, 3.4028235e38f}, {1.17549435e-38f, -0.0f, 0.016777216f}}, read_W(2, 3);
  Matrix b{{0.1f, 0.2f, 0.3f}}, read_b(1, 3);
  write_parameters(path, {{"fc1_weight", &W}, {"fc1_bias", &b}});
  read_parameters(path, {{"fc1_weight", &read_W}, {"fc1_bias", &read_b}});
  CHECK(read_W.values == W.values);
  CHECK(read_b.rows == 1);
  CHECK(read_b.values == b.values);
}

TEST_CASE("a params file with CRLF is read") {
  const TemporaryFolder folder;
  write_file(folder.path + "/p.txt", "fc1_weight 1 2\r\n0.5 2\r\n");
  Matrix W(1, 2);
  read_parameters(folder.path + "/p.txt", {{"fc1_weight", &W}});
  CHECK(W.values == std::vector<Real>{0.5, 2});
}

TEST_CASE("a params file that does not fit is refused, with its line, and changes nothing") {
  check_refused("", "FILE line 1: found the end of the file, expected fc1_weight 2 2");
  check_refused("fc1_weight 3 2\n",
                "FILE line 1: found 'fc1_weight 3 2', expected fc1_weight 2 2, as this network has it");
  check_refused("fc1_weight 2 2\n1 2\n", "FILE line 3: found the end of the file, expected row 2 of fc1_weight");
  check_refused("fc1_weight 2 2\n1 2\n3\n",
                "FILE line 3: found '3', expected row 2 of fc1_weight: 2 finite numbers with one blank between");
  check_refused("fc1_weight 2 2\n1 2\n3 4 5\n",
                "FILE line 3: found '3 4 5', expected row 2 of fc1_weight: 2 finite numbers with one blank between");
  for (const char* row :
       {"1 nan", "1 inf", "1 1e99", "1  2", " 1 2", "1 2 ", "1 0x10", "1 +2", "1 two", "1 ", "1,2", ""}) {
    check_refused(std::string("fc1_weight 2 2\n") + row + "\n3 4\n",
                  std::string("FILE line 2: found '") + row +
                      "', expected row 1 of fc1_weight: 2 finite numbers with one blank between");
  }
  check_refused(std::string("fc1_weight 2 2\n1 2\0 3\n3 4\n", 25),
                "FILE line 2: found '1 2? 3', expected row 1 of fc1_weight: 2 finite numbers with one blank between");
  check_refused("fc1_weight 2 2\n1 2\n3 4\n", "FILE line 4: found the end of the file, expected fc1_bias 1 2");
  check_refused("fc1_weight 2 2\n1 2\n3 4\nfc1_bias 1 2\n5 6\nfc2_weight 2 3\n",
                "FILE line 6: found 'fc2_weight 2 3', expected the end of the file, as this network has no more");
}
