#include "src/training/parameter_file.h"

#include <doctest/doctest.h>

#include <filesystem>

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
  expect_message(message, [&] { read_parameters(path, {{"fc1_weight", &W}, {"fc1_bias", &b}}, "mlp4"); });
  CHECK(W.values == std::vector<Real>{7, 7, 7, 7});
  CHECK(b.values == std::vector<Real>{8, 8});
}

}  // namespace

TEST_CASE("parameters are written as name, shape and rows, between a first line and an end") {
  const TemporaryFolder folder;
  Matrix W{{1, -0.5}, {0.1f, 1e-30f}}, b{{0, 3}};
  write_parameters(folder.path + "/new/net.params.txt", {{"fc1_weight", &W}, {"fc1_bias", &b}}, "mlp4");
  CHECK(read_file(folder.path + "/new/net.params.txt") ==
        "# handgrad parameters 1 mlp4\n"
        "fc1_weight 2 2\n1 -0.5\n0.100000001 1e-30\n"
        "fc1_bias 1 2\n0 3\n"
        "# end\n");
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

TEST_CASE("a params file may begin with a byte-order mark and end in blank lines, with a first line or without") {
  const TemporaryFolder folder;
  for (const char* text : {"\xEF\xBB\xBF# handgrad parameters 1 mlp4\nfc1_weight 1 2\n0.5 2\n# end\n\n\r\n",
                           "\xEF\xBB\xBF"
                           "fc1_weight 1 2\n0.5 2\n\n\n",
                           "# handgrad parameters 1\nfc1_weight 1 2\n0.5 2\n# end"}) {
    write_file(folder.path + "/p.txt", text);
    Matrix W(1, 2);
    read_parameters(folder.path + "/p.txt", {{"fc1_weight", &W}}, "mlp4");
    CHECK(W.values == std::vector<Real>{0.5, 2});
  }
}

TEST_CASE("a params file that is cut anywhere is refused") {
  const std::string whole = "# handgrad parameters 1 mlp4\nfc1_weight 2 2\n1 2\n3 4\nfc1_bias 1 2\n5 -0.456\n# end";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const TemporaryFolder folder;
    write_file(folder.path + "/p.txt", whole.substr(0, length));
    Matrix W(2, 2, 7), b(1, 2, 8);
    CHECK_THROWS_AS(read_parameters(folder.path + "/p.txt", {{"fc1_weight", &W}, {"fc1_bias", &b}}),
                    std::runtime_error);
    CHECK(b.values == std::vector<Real>{8, 8});
  }
  const std::string begin = "# handgrad parameters 1 mlp4\nfc1_weight 2 2\n1 2\n3 4\nfc1_bias 1 2\n5 ";
  check_refused(begin + "-0.", "FILE line 7: found the end of the file, expected # end");
  check_refused(begin + "6\n# en", "FILE line 7: found '# en', expected # end, as this network has no more");
  check_refused(begin + "6\n# end\nfc2_weight 1 1\n",
                "FILE line 8: found 'fc2_weight 1 1', expected the end of the file, as this network has no more");
  // As files were before they had a first line and an end.
  check_refused("fc1_weight 2 2\n1 2\n3 4\nfc1_bias 1 2\n5 -0.",
                "FILE line 5: found the end of the file, expected the end of the line: the file was cut");
}

TEST_CASE("a params file of another network, or of another format, is refused") {
  const std::string rest = "fc1_weight 2 2\n1 2\n3 4\nfc1_bias 1 2\n5 6\n# end\n";
  check_refused("# handgrad parameters 1 res25\n" + rest,
                "FILE line 1: found the parameters of 'res25', expected those of mlp4");
  check_refused(
      "# handgrad parameters 2 mlp4\n" + rest,
      "FILE line 1: found '# handgrad parameters 2 mlp4', expected '# handgrad parameters 1 mlp4', the format that "
      "this program reads");
  check_refused("# handgrad parameters 1 mlp4 more\n" + rest,
                "FILE line 1: found '# handgrad parameters 1 mlp4 more', expected '# handgrad parameters 1 mlp4', the "
                "format that this program reads");
  check_refused("# " + rest, "FILE line 1: found '# fc1_weight 2 2', expected fc1_weight 2 2, as this network has it");
}

TEST_CASE("a bad number late in a long row is shown, with its place") {
  std::string row;
  for (int j = 0; j < 50; ++j) row += j == 0 ? "0.125" : " 0.125";
  Matrix W(1, 50, 7);
  const auto refused = [&](const std::string& line, const std::string& where, const std::string& found) {
    const TemporaryFolder folder;
    write_file(folder.path + "/p.txt", "fc1_weight 1 50\n" + line + "\n");
    expect_message(folder.path + "/p.txt line 2, number " + where + ": found " + found +
                       ", expected row 1 of fc1_weight: 50 finite numbers with one blank between",
                   [&] {
                     read_parameters(folder.path + "/p.txt", {{"fc1_weight", &W}});
                   });
  };
  refused(row.substr(0, 47 * 6) + "0,125" + row.substr(47 * 6 + 5), "48", "'0,125'");
  refused(row.substr(0, 47 * 6) + "1e99" + row.substr(47 * 6 + 5), "48", "'1e99'");
  refused(row.substr(0, 49 * 6) + "two", "50", "'two'");
  refused(row.substr(0, 47 * 6 + 5), "48", "'0.125'");
  refused(row.substr(0, 48 * 6), "49", "the end of the line");
  refused(row + " 3", "51", "'3'");
}

TEST_CASE("a moving variance below 0 is refused by its name") {
  const TemporaryFolder folder;
  write_file(folder.path + "/p.txt", "bn1_moving_mean 1 2\n-1 2\nbn1_moving_var 1 2\n0.5 -1e-9\n");
  Matrix mean(1, 2), var(1, 2);
  expect_message(folder.path +
                     "/p.txt line 4: found '0.5 -1e-9', expected row 1 of bn1_moving_var: 2 finite numbers from 0 on "
                     "with one blank between",
                 [&] {
                   read_parameters(folder.path + "/p.txt", {{"bn1_moving_mean", &mean}, {"bn1_moving_var", &var}});
                 });
}

TEST_CASE("a params file far larger than the network needs is refused by its size, unread") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/p.txt";
  write_file(path, "fc1_weight 1 2\n0.5 2\n");
  std::filesystem::resize_file(path, 1000000000000);  // a hole, which takes no room
  Matrix W(1, 2);
  expect_message(path + ": found 1000000000000 bytes, expected at most 1180, as this network has no more parameters",
                 [&] {
                   read_parameters(path, {{"fc1_weight", &W}});
                 });
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
