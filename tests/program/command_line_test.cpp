#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "lessons/lesson1/network.h"
#include "src/data/split.h"
#include "src/io/file.h"
#include "src/io/text.h"
#include "src/program/lesson.h"
#include "src/program/options.h"
#include "src/report/csv_files.h"
#include "src/report/page.h"
#include "src/training/parameter_file.h"
#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"
#include "tests/program/program.h"
#include "tests/report/markup.h"

using namespace handgrad;

namespace {

using Words = std::vector<std::string>;

Options parse(const Words& arguments) {
  return parse_options(arguments, {"mlp4", "mlp8"});
}

void check_refused(const Words& arguments, const std::string& message) {
  expect_message<UsageError>(message, [&] { parse(arguments); });
}

// The same with "--out FOLDER/out" at the end, which must end well and print no error; gives the printed text.
std::string run_into(const TemporaryFolder& folder, const std::string& arguments) {
  CAPTURE(arguments);
  const Outcome outcome = run_lesson1(arguments + " --out '" + folder.path + "/out'");
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  return outcome.out;
}

// A run that must fail with this status and this one line, print nothing else, and write nothing.
void check_fails(const std::string& arguments, int status, const std::string& line) {
  CAPTURE(arguments);
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1("--out '" + folder.path + "/out' " + arguments);
  CHECK(outcome.status == status);
  CHECK(outcome.out == "");
  CHECK(outcome.err == "lesson1: " + line + "\n");
  CHECK(names_in(folder.path) == "");
}

std::string written(const TemporaryFolder& folder, const std::string& name) {
  return read_file(folder.path + "/out/" + name);
}

Words lines_of(const std::string& text) {
  Words lines = split(text, '\n');
  CHECK(lines.back() == "");
  lines.pop_back();
  return lines;
}

// The lines "fc1_weight 4 10", … of a params file.
std::string shapes_in(const std::string& params) {
  Words shapes;
  for (const std::string& line : lines_of(params)) {
    if (line.compare(0, 2, "fc") == 0) shapes.push_back(line);
  }
  return joined(shapes, ", ");
}

const Split& lecture_split() {
  static const Split split = read_lecture_split();
  return split;
}

const std::string mlp4_files = "mlp4.gradients.svg mlp4.history.csv mlp4.params.txt mlp4.predictions.csv";
const std::string mlp8_files = "mlp8.gradients.svg mlp8.history.csv mlp8.params.txt mlp8.predictions.csv";

}  // namespace

// ---- parse_options --------------------------------------------------------------------------------------------------

TEST_CASE("no options leave everything as the lecture has it") {
  const Options options = parse({});
  CHECK(!options.run);
  CHECK(!options.epochs);
  CHECK(!options.batch);
  CHECK(!options.optimizer);
  CHECK(!options.lr);
  CHECK(!options.momentum);
  CHECK(!options.depth);
  CHECK(!options.width);
  CHECK(!options.seed);
  CHECK(!options.init);
  CHECK(!options.clip);
  CHECK(!options.out);
  CHECK(!options.load);
  CHECK(options.rows.empty());
  CHECK(!options.trace);
  CHECK(!options.beside);
  CHECK(!options.watch_gradients);
  CHECK(!options.summary);
  CHECK(!options.quiet);
  CHECK(!options.help);
}

TEST_CASE("every option sets its value") {
  const Options options = parse(
      {"--run",      "mlp8",  "--epochs", "7",     "--batch", "30", "--optimizer", "sgd",   "--lr",    "0.25",
       "--momentum", "0.5",   "--depth",  "6",     "--width", "5",  "--seed",      "42",    "--out",   "some where",
       "--load",     "a.txt", "--rows",   "150,1", "--trace", "7",  "--beside",    "b.csv", "--quiet", "--help"});
  CHECK(options.run == "mlp8");
  CHECK(options.epochs == 7);
  CHECK(options.batch == 30);
  CHECK(options.optimizer == OptimizerSettings::Kind::sgd);
  CHECK(options.lr == 0.25);
  CHECK(options.momentum == 0.5);
  CHECK(options.depth == 6);
  CHECK(options.width == 5);
  CHECK(options.seed == 42u);
  CHECK(options.out == "some where");
  CHECK(options.load == "a.txt");
  CHECK(options.rows == std::vector<int>{150, 1});
  CHECK(options.trace == 7);
  CHECK(options.beside == "b.csv");
  CHECK(options.quiet);
  CHECK(options.help);
  CHECK(parse({"--optimizer", "adam"}).optimizer == OptimizerSettings::Kind::adam);
  CHECK(parse({"--init", "lecture"}).init == Init::lecture);
  CHECK(parse({"--init", "glorot"}).init == Init::glorot);
  CHECK(parse({"--init", "he"}).init == Init::he);
  CHECK(parse({"--clip", "2.5"}).clip == 2.5);
}

TEST_CASE("an option changes nothing but its own value") {
  const Options options = parse({"--width", "5"});
  CHECK(options.width == 5);
  CHECK(!options.depth);
  CHECK(!options.batch);
  CHECK(!parse({"--quiet"}).help);
  CHECK(!parse({"--help"}).quiet);
  CHECK(parse({"--summary"}).summary);
  CHECK(!parse({"--summary"}).watch_gradients);
  CHECK(parse({"--watch-gradients"}).watch_gradients);
  CHECK(!parse({"--watch-gradients"}).summary);
}

TEST_CASE("of an option given twice the last one counts") {
  CHECK(parse({"--epochs", "3", "--quiet", "--epochs", "4"}).epochs == 4);
  CHECK(parse({"--run", "mlp8", "--run", "mlp4"}).run == "mlp4");
  CHECK(parse({"--rows", "1,2", "--rows", "3"}).rows == std::vector<int>{3});
  CHECK(parse({"--quiet", "--quiet"}).quiet);
}

TEST_CASE("the bounds themselves are accepted") {
  CHECK(parse({"--epochs", "1"}).epochs == 1);
  CHECK(parse({"--epochs", "1000000"}).epochs == 1000000);
  CHECK(parse({"--batch", "1"}).batch == 1);
  CHECK(parse({"--batch", "100"}).batch == 100);
  CHECK(parse({"--depth", "1"}).depth == 1);
  CHECK(parse({"--depth", "10000"}).depth == 10000);
  CHECK(parse({"--width", "1"}).width == 1);
  CHECK(parse({"--width", "1000"}).width == 1000);
  CHECK(parse({"--seed", "0"}).seed == 0u);
  CHECK(parse({"--seed", "4294967295"}).seed == 4294967295u);
  CHECK(parse({"--rows", "1"}).rows == std::vector<int>{1});
  CHECK(parse({"--rows", "150"}).rows == std::vector<int>{150});
  CHECK(parse({"--momentum", "0"}).momentum == 0.0);
  CHECK(parse({"--momentum", "0.999"}).momentum == 0.999);
}

TEST_CASE("a real number may be written in any decimal way") {
  CHECK(parse({"--lr", "1e-3"}).lr == 0.001);
  CHECK(parse({"--lr", ".5"}).lr == 0.5);
  CHECK(parse({"--lr", "5"}).lr == 5.0);
  CHECK(parse({"--lr", "2.5E+1"}).lr == 25.0);
  CHECK(parse({"--lr", "999999"}).lr == 999999.0);
}

TEST_CASE("a whole number outside its bounds, or none, is refused with the bounds") {
  const struct {
    const char* option;
    const char* bounds;
    Words outside;
  } options[] = {{"--epochs", "from 1 to 1000000", {"0", "1000001"}}, {"--batch", "from 1 to 100", {"0", "101"}},
                 {"--depth", "from 1 to 10000", {"0", "10001"}},      {"--width", "from 1 to 1000", {"0", "1001"}},
                 {"--seed", "from 0 to 4294967295", {"4294967296"}},  {"--rows", "from 1 to 150", {"0", "151"}}};
  for (const auto& option : options) {
    Words values = option.outside;
    for (const char* none : {"", "-1", "+1", "1.5", "1e1", "0x10", " 1", "1 ", "ten", "nan", "99999999999999999999"}) {
      values.push_back(none);
    }
    for (const std::string& value : values) {
      check_refused({option.option, value},
                    std::string(option.option) + ": found '" + value + "', accepted: a whole number " + option.bounds);
    }
  }
}

TEST_CASE("a list of rows is refused for the first that is none") {
  const std::string accepted = ", accepted: a whole number from 1 to 150";
  check_refused({"--rows", "1,151,0"}, "--rows: found '151'" + accepted);
  check_refused({"--rows", "1,,2"}, "--rows: found ''" + accepted);
  check_refused({"--rows", "1,2,"}, "--rows: found ''" + accepted);
  check_refused({"--rows", "1, 2"}, "--rows: found ' 2'" + accepted);
  check_refused({"--rows", "1;2"}, "--rows: found '1;2'" + accepted);
}

TEST_CASE("a learning rate or a bound that is none, 0, negative or not finite is refused") {
  for (const char* value : {"0", "0.0", "-0", "-0.1", "1e6", "1e7", "1e999", "1e-999", "nan", "inf", "0x10", "", "fast",
                            "0.1x", " 0.1", "1e", "0,05", "1-2"}) {
    check_refused({"--lr", value},
                  std::string("--lr: found '") + value + "', accepted: a number above 0 and below 1e+06");
    check_refused({"--clip", value},
                  std::string("--clip: found '") + value + "', accepted: a number above 0 and below 1e+06");
  }
}

TEST_CASE("a learning rate or a bound of the norm that is 0 as a float is refused") {
  for (const std::string option : {"--lr", "--clip"}) {
    for (const char* value : {"1e-46", "1e-300", "1e-39"}) {
      check_refused({option, value}, option + ": found '" + value +
                                         "', accepted: a number above 0 and below 1e+06; a float has none below "
                                         "1.17549e-38");
    }
  }
  CHECK(parse({"--lr", "1.2e-38"}).lr == 1.2e-38);
  CHECK(parse({"--momentum", "1e-300"}).momentum == 1e-300);
}

TEST_CASE("a momentum that is none, negative, or 1 and above is refused") {
  for (const char* value : {"1", "1.0", "2", "-0.1", "nan", "inf", "", "none", "0.9.0"}) {
    check_refused({"--momentum", value},
                  std::string("--momentum: found '") + value + "', accepted: a number from 0 and below 1");
  }
}

TEST_CASE("a run, an optimizer or an initialisation that there is not is refused with those that there are") {
  for (const char* value : {"mlp5", "MLP4", "mlp", "", "mlp4,mlp8"}) {
    check_refused({"--run", value}, std::string("--run: found '") + value + "', accepted: mlp4, mlp8");
  }
  for (const char* value : {"rmsprop", "SGD", ""}) {
    check_refused({"--optimizer", value}, std::string("--optimizer: found '") + value + "', accepted: sgd, adam");
  }
  for (const char* value : {"xavier", "He", "", "lecture,he"}) {
    check_refused({"--init", value}, std::string("--init: found '") + value + "', accepted: lecture, glorot, he");
  }
}

TEST_CASE("an empty folder name is refused") {
  check_refused({"--out", ""}, "--out: found '', accepted: the name of a folder");
}

TEST_CASE("a name with a control character is refused, one with other letters is not") {
  check_refused({"--out", "a\nb"}, "--out: found 'a?b', accepted: the name of a folder");
  check_refused({"--load", "a\tb"}, "--load: found 'a?b', accepted: the name of a file");
  CHECK(parse({"--out", "深度 é"}).out == "深度 é");
}

TEST_CASE("an unknown option is refused with those that there are") {
  for (const char* option :
       {"--epoch", "--Epochs", "-h", "--", "", "epochs", "5", "--epochs=5", "--quiet ", "--no\nsuch"}) {
    std::string shown = option;
    if (shown.find('\n') != std::string::npos) shown[shown.find('\n')] = '?';
    check_refused({option},
                  "unknown option '" + shown +
                      "', accepted: --run --epochs --batch --optimizer --lr --momentum --depth --width --seed "
                      "--init --clip --out --load --rows --trace --beside --watch-gradients --summary --quiet --help");
  }
  check_refused({"--quiet", "yes"},
                "unknown option 'yes', accepted: --run --epochs --batch --optimizer --lr --momentum --depth --width "
                "--seed --init --clip --out --load --rows --trace --beside --watch-gradients --summary --quiet --help");
}

TEST_CASE("an option without its value is refused") {
  check_refused({"--epochs"}, "--epochs: no value, accepted: --epochs N");
  check_refused({"--quiet", "--run"}, "--run: no value, accepted: --run NAME");
  check_refused({"--optimizer"}, "--optimizer: no value, accepted: --optimizer sgd|adam");
  check_refused({"--lr"}, "--lr: no value, accepted: --lr X");
  check_refused({"--out"}, "--out: no value, accepted: --out DIR");
  check_refused({"--load"}, "--load: no value, accepted: --load FILE");
  check_refused({"--trace"}, "--trace: no value, accepted: --trace ROW");
  check_refused({"--beside"}, "--beside: no value, accepted: --beside FILE");
  check_refused({"--epochs", "--quiet"}, "--epochs: found '--quiet', accepted: a whole number from 1 to 1000000");
}

TEST_CASE("a name is never another option: a forgotten value is noticed") {
  check_refused({"--out", "--quiet"}, "--out: found '--quiet', accepted: the name of a folder");
  check_refused({"--beside", "--quiet"}, "--beside: found '--quiet', accepted: the name of a file");
  check_refused({"--load", "--quiet"}, "--load: found '--quiet', accepted: the name of a file");
  check_refused({"--load", ""}, "--load: found '', accepted: the name of a file");
}

TEST_CASE("options_help has a line for every option, and names the runs") {
  const Words lines = lines_of(options_help({"mlp4", "mlp8"}));
  const Words options{"--run NAME",
                      "--epochs N",
                      "--batch N",
                      "--optimizer sgd|adam",
                      "--lr X",
                      "--momentum X",
                      "--depth N",
                      "--width N",
                      "--seed N",
                      "--init lecture|glorot|he",
                      "--clip X",
                      "--out DIR",
                      "--load FILE",
                      "--rows N,N,...",
                      "--trace ROW",
                      "--beside FILE",
                      "--watch-gradients ",
                      "--summary ",
                      "--quiet ",
                      "--help "};
  REQUIRE(lines.size() == options.size());
  for (std::size_t k = 0; k < lines.size(); ++k) {
    CAPTURE(lines[k]);
    CHECK(lines[k].find("  " + options[k]) == 0);
    CHECK(lines[k].back() != ' ');
  }
  CHECK(lines[0].find("mlp4, mlp8") != std::string::npos);
}

// ---- The program ----------------------------------------------------------------------------------------------------

TEST_CASE("lesson1 prints the lecture's lines for epochs 1 to 5 and every tenth, and writes all files") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/out/";
  const Words lines = lines_of(run_into(folder, ""));
  CHECK(names_in(path) == "index.html " + mlp4_files + " " + mlp8_files);

  REQUIRE(lines.size() == 2 * 28 + 1);
  CHECK(lines[0] == "mlp4: every layer of the 4-layer network gets a gradient");
  CHECK(lines[1] == "4-(10×3)-3, adam lr 0.001, batch 20, 100 epochs, seed 0");
  CHECK(lines[2] == "Start training:");
  const int epochs[] = {1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
  const Words history = lines_of(written(folder, "mlp4.history.csv"));
  REQUIRE(history.size() == 101);
  for (std::size_t k = 0; k < 15; ++k) {
    const std::string& line = lines[3 + k];
    int epoch = 0;
    double loss = 0, speed = 0;
    std::sscanf(line.c_str(), "epoch = %d: loss = %lf (Speed: %lf", &epoch, &loss, &speed);
    CHECK(line == formatted("epoch = %d: loss = %.4f (Speed: %.2f sample/secs)", epoch, loss, speed));
    CHECK(epoch == epochs[k]);
    CHECK(speed > 0);
    const std::string recorded = split(history[static_cast<std::size_t>(epoch)], ',')[1];
    CHECK(formatted("%.4f", loss) == formatted("%.4f", std::atof(recorded.c_str())));
  }
  CHECK(lines[18].find("mean |gradient| of fc1_weight: 6.22e-08 in epoch 1, at most 0.00") == 0);
  CHECK(lines[19].find("mean |gradient| of fc4_weight: 4.71e-06 in epoch 1, at most 0.00") == 0);
  CHECK(lines[20] == "confusion table (rows predicted, columns true; 1 setosa 2 versicolor 3 virginica)");
  CHECK(lines[21] == "     1  2  3");
  CHECK(lines[22] == "  1 18  0  0");
  CHECK(lines[23] == "  2  0  1  0");
  CHECK(lines[24] == "  3  0 14 17");
  CHECK(lines[25] == "accuracy = 36 of 50 (72.0 %)");
  CHECK(lines[26] == "written: " + path + "mlp4.history.csv .predictions.csv .params.txt .gradients.svg");
  CHECK(lines[27] == "");
  CHECK(lines[28] == "mlp8: the gradient of the first layers vanishes");
  CHECK(lines[29] == "4-(10×7)-3, adam lr 0.001, batch 20, 100 epochs, seed 0");
  CHECK(lines[51] == "  2 18 15 17");
  CHECK(lines[53] == "accuracy = 15 of 50 (30.0 %)");
  CHECK(lines[56] == "open " + path + "index.html in a browser");
}

TEST_CASE("--quiet prints nothing and writes the same files") {
  const TemporaryFolder folder, quiet;
  run_into(folder, "--epochs 2");
  CHECK(run_into(quiet, "--epochs 2 --quiet") == "");
  CHECK(names_in(quiet.path + "/out") == "index.html " + mlp4_files + " " + mlp8_files);
  CHECK(written(quiet, "mlp8.params.txt") == written(folder, "mlp8.params.txt"));
}

TEST_CASE("--run writes that run's four files and the page, nothing else") {
  const TemporaryFolder folder;
  const std::string printed = run_into(folder, "--run mlp4 --epochs 1");
  CHECK(names_in(folder.path + "/out") == "index.html " + mlp4_files);
  CHECK(printed.find("mlp8") == std::string::npos);
  const std::string page = written(folder, "index.html");
  CHECK(page.find("mlp4") != std::string::npos);
  CHECK(page.find("mlp8") == std::string::npos);
}

TEST_CASE("the page holds the plot and the command that made it") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 2 --quiet");
  const std::string page = written(folder, "index.html");
  CHECK(page.find(written(folder, "mlp4.gradients.svg")) != std::string::npos);
  CHECK(page.find("<code>make run-lesson1 ARGS=&quot;--run mlp4 --epochs 2 --quiet --out " + folder.path +
                  "/out&quot;</code>") != std::string::npos);
  CHECK(page.find("<h1>Lesson 1: a network learns, a deeper one does not (your own)</h1>") != std::string::npos);
}

TEST_CASE("why no gradient reaches the first layer is printed, and stands on the page") {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_lesson1(formatted("--run mlp8 --depth 26 --epochs 2 --out '%s/out'", folder.path.c_str()));
  const std::string why =
      "no gradient reaches fc1 from epoch 1 on: on the way forward the values get too small for a number in fc24";
  CHECK(contains(outcome.out, "\n" + why + "\n"));
  CHECK(contains(read_file(folder.path + "/out/index.html"), "; " + why + ".</p>"));
}

TEST_CASE("a run with other settings shows them, and no title that may no longer hold") {
  const struct {
    const char* arguments;
    const char* settings;
  } runs[] = {{"--epochs 2", "4-(10×3)-3, adam lr 0.001, batch 20, 2 epochs, seed 0"},
              {"--epochs 2 --optimizer sgd", "4-(10×3)-3, sgd lr 0.05 momentum 0.9, batch 20, 2 epochs, seed 0"},
              {"--epochs 2 --optimizer sgd --lr 0.5 --momentum 0.25",
               "4-(10×3)-3, sgd lr 0.5 momentum 0.25, batch 20, 2 epochs, seed 0"},
              {"--epochs 2 --optimizer adam --lr 0.01", "4-(10×3)-3, adam lr 0.01, batch 20, 2 epochs, seed 0"},
              {"--epochs 2 --batch 7 --depth 2 --width 6", "4-6-3, adam lr 0.001, batch 7, 2 epochs, seed 0"},
              {"--epochs 2 --seed 4294967295", "4-(10×3)-3, adam lr 0.001, batch 20, 2 epochs, seed 4294967295"},
              {"--epochs 2 --init lecture", "4-(10×3)-3, adam lr 0.001, batch 20, 2 epochs, seed 0"},
              {"--epochs 2 --init glorot", "4-(10×3)-3, adam lr 0.001, batch 20, 2 epochs, seed 0, init glorot"},
              {"--epochs 2 --clip 0.5", "4-(10×3)-3, adam lr 0.001, batch 20, 2 epochs, seed 0, clip 0.5"}};
  for (const auto& run : runs) {
    const TemporaryFolder folder;
    const Words lines = lines_of(run_into(folder, std::string("--run mlp4 ") + run.arguments));
    CHECK(lines[0] == "mlp4: with settings of your own");
    CHECK(lines[1] == run.settings);
    CHECK(written(folder, "mlp4.gradients.svg").find(run.settings) != std::string::npos);
    CHECK(written(folder, "index.html").find(run.settings) != std::string::npos);
  }
}

TEST_CASE("--epochs 3 records and prints three epochs") {
  const TemporaryFolder folder;
  const std::string printed = run_into(folder, "--run mlp4 --epochs 3");
  const Words lines = lines_of(written(folder, "mlp4.history.csv"));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == "epoch,loss,fc1_weight,fc2_weight,fc3_weight,fc4_weight");
  for (std::size_t epoch = 1; epoch <= 3; ++epoch) {
    CHECK(split(lines[epoch], ',').size() == 6);
    CHECK(split(lines[epoch], ',')[0] == std::to_string(epoch));
  }
  CHECK(printed.find("epoch = 3: ") != std::string::npos);
  CHECK(printed.find("epoch = 4: ") == std::string::npos);
}

TEST_CASE("the params file of mlp4 holds four layers of the lecture's sizes") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 1");
  CHECK(shapes_in(written(folder, "mlp4.params.txt")) ==
        "fc1_weight 4 10, fc1_bias 1 10, fc2_weight 10 10, fc2_bias 1 10, fc3_weight 10 10, fc3_bias 1 10, "
        "fc4_weight 10 3, fc4_bias 1 3");
}

TEST_CASE("--depth is the number in the run's name, --width the units of its hidden layers") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 1 --depth 6");
  CHECK(lines_of(written(folder, "mlp4.history.csv"))[0] ==
        "epoch,loss,fc1_weight,fc2_weight,fc3_weight,fc4_weight,fc5_weight,fc6_weight");
  run_into(folder, "--run mlp4 --epochs 1 --depth 3 --width 7");
  CHECK(lines_of(written(folder, "mlp4.history.csv"))[0] == "epoch,loss,fc1_weight,fc2_weight,fc3_weight");
  CHECK(shapes_in(written(folder, "mlp4.params.txt")) ==
        "fc1_weight 4 7, fc1_bias 1 7, fc2_weight 7 7, fc2_bias 1 7, fc3_weight 7 3, fc3_bias 1 3");
  run_into(folder, "--run mlp8 --epochs 1 --depth 1");
  CHECK(shapes_in(written(folder, "mlp8.params.txt")) == "fc1_weight 4 3, fc1_bias 1 3");
}

TEST_CASE("--batch 30 trains on floor(100 / 30) = 3 batches, the first 90 rows") {
  // One layer, and steps too small to change it: the epoch's loss is then that of the initial weights, and can be
  // computed from the params file.
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --depth 1 --epochs 1 --batch 30 --lr 1e-30");
  Matrix W(4, 3), b(1, 3);
  read_parameters(folder.path + "/out/mlp4.params.txt", {{"fc1_weight", &W}, {"fc1_bias", &b}});
  const Dataset& train = lecture_split().train;
  const auto mean_loss = [&](int rows) {
    double sum = 0;
    for (int i = 0; i < rows; ++i) {
      double sum_exp = 0, true_exp = 0;
      for (int k = 0; k < 3; ++k) {
        double l = static_cast<double>(b(0, k));
        for (int j = 0; j < 4; ++j) l += static_cast<double>(train.x(i, j) * W(j, k));
        sum_exp += std::exp(l);
        if (train.y(i, k) == 1) true_exp = std::exp(l);
      }
      sum -= std::log(true_exp / sum_exp) / (3 * rows);
    }
    return sum;
  };
  const double found = std::atof(split(lines_of(written(folder, "mlp4.history.csv"))[1], ',')[1].c_str());
  CHECK(std::abs(found - mean_loss(90)) < 1e-6);
  // The other numbers that it could be are far enough away.
  CHECK(std::abs(mean_loss(100) - mean_loss(90)) > 1e-5);
  CHECK(std::abs(mean_loss(60) - mean_loss(90)) > 1e-5);
}

TEST_CASE("the predictions are those of the saved parameters, for the 50 test rows") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 30");
  lesson1::Mlp network({4, 10, 10, 10, 3});
  read_parameters(folder.path + "/out/mlp4.params.txt", network.parameters());
  const Dataset& test = lecture_split().test;
  CHECK(written(folder, "mlp4.predictions.csv") == predictions_csv(test, network.forward(test.x, Mode::prediction)));
}

TEST_CASE("--seed changes the initial weights, and seed 0 is the lecture's") {
  const TemporaryFolder lecture, zero, one;
  run_into(lecture, "--run mlp4 --epochs 1");
  run_into(zero, "--run mlp4 --epochs 1 --seed 0");
  run_into(one, "--run mlp4 --epochs 1 --seed 1");
  CHECK(written(zero, "mlp4.params.txt") == written(lecture, "mlp4.params.txt"));
  CHECK(written(one, "mlp4.params.txt") != written(lecture, "mlp4.params.txt"));
}

TEST_CASE("--init changes the width of the initial weights, and lecture is the lecture's") {
  const TemporaryFolder lecture, named, he;
  run_into(lecture, "--run mlp4 --epochs 1");
  run_into(named, "--run mlp4 --epochs 1 --init lecture");
  run_into(he, "--run mlp4 --epochs 1 --init he --lr 1e-30");
  CHECK(written(named, "mlp4.params.txt") == written(lecture, "mlp4.params.txt"));
  // The first weight of fc1, of sqrt(6 / 4) in place of 0.01: 0.000976270065 / 0.01 of it.
  CHECK(std::atof(lines_of(written(he, "mlp4.params.txt"))[2].c_str()) ==
        doctest::Approx(std::sqrt(1.5) * 0.0976270065).epsilon(1e-6));
}

TEST_CASE("two runs write the same files, byte for byte") {
  const TemporaryFolder first, second;
  run_into(first, "--epochs 10");
  run_into(second, "--epochs 10 --quiet");
  for (const std::string& name : split(mlp4_files + " " + mlp8_files, ' ')) {
    CAPTURE(name);
    CHECK(written(first, name) != "");
    // Compared before the check, which would print both files.
    const bool same = written(first, name) == written(second, name);
    CHECK(same);
  }
}

TEST_CASE("a second run replaces the files of the first and leaves other files alone") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 3");
  write_file(folder.path + "/out/notes.txt", "mine");
  run_into(folder, "--run mlp4 --epochs 2");
  CHECK(lines_of(written(folder, "mlp4.history.csv")).size() == 3);
  CHECK(written(folder, "notes.txt") == "mine");
  CHECK(names_in(folder.path + "/out") == "index.html " + mlp4_files + " notes.txt");
}

TEST_CASE("--out may hold blanks and folders that there are not yet") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/two words/deeper";
  const Outcome outcome = run_lesson1("--run mlp4 --epochs 1 --out '" + out + "'");
  CHECK(outcome.status == 0);
  CHECK(names_in(out) == "index.html " + mlp4_files);
}

TEST_CASE("--rows predicts the rows asked for, in their order, and prints their probabilities") {
  const TemporaryFolder folder;
  const std::string printed = run_into(folder, "--run mlp4 --epochs 1 --rows 150,1,51,1");
  const std::string predictions = written(folder, "mlp4.predictions.csv");
  const Words lines = lines_of(predictions);
  REQUIRE(lines.size() == 5);
  const Words rows{"row", "150", "1", "51", "1"}, species{"true", "virginica", "setosa", "versicolor", "setosa"};
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(split(lines[k], ',')[0] == rows[k]);
    CHECK(split(lines[k], ',')[5] == species[k]);
  }
  CHECK(printed.find(predictions) != std::string::npos);
  CHECK(printed.find(" of 4 (") != std::string::npos);
}

TEST_CASE("--load predicts with saved parameters, and writes the predictions only") {
  const TemporaryFolder trained, loaded;
  run_into(trained, "--run mlp4 --epochs 30 --width 5");
  const std::string params = trained.path + "/out/mlp4.params.txt";
  const std::string printed = run_into(loaded, "--run mlp4 --width 5 --load '" + params + "'");
  CHECK(names_in(loaded.path + "/out") == "mlp4.loaded.predictions.csv");
  const bool same = written(loaded, "mlp4.loaded.predictions.csv") == written(trained, "mlp4.predictions.csv");
  CHECK(same);
  CHECK(printed.find("mlp4: with the parameters of " + params + "\n") == 0);
  CHECK(printed.find("epoch = ") == std::string::npos);
  CHECK(run_into(loaded, "--run mlp4 --width 5 --quiet --load '" + params + "'") == "");
}

TEST_CASE("--load of the parameters of another run is a failure, though they would fit") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --quiet --epochs 1");
  const std::string params = folder.path + "/out/mlp4.params.txt";
  check_fails("--quiet --run mlp8 --depth 4 --load '" + params + "'", 1,
              params + " line 1: found the parameters of 'mlp4', expected those of mlp8");
}

TEST_CASE("--load of a file that does not fit or is not there is a failure, and writes nothing") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp4 --epochs 1");
  const std::string params = folder.path + "/out/mlp4.params.txt";
  check_fails("--quiet --run mlp4 --width 5 --load '" + params + "'", 1,
              params + " line 2: found 'fc1_weight 4 10', expected fc1_weight 4 5, as this network has it");
  const std::string nowhere = folder.path + "/nowhere.txt";
  check_fails("--quiet --run mlp4 --load '" + nowhere + "'", 1,
              "cannot open " + nowhere + ": No such file or directory");
}

TEST_CASE("--trace prints a flower's numbers and writes them beside the run's files and on the page") {
  const TemporaryFolder folder, plain;
  const std::string printed = run_into(folder, "--run mlp4 --epochs 2 --trace 101");
  CHECK(names_in(folder.path + "/out") ==
        "index.html mlp4.gradients.svg mlp4.history.csv mlp4.params.txt mlp4.predictions.csv mlp4.trace.txt");
  CHECK(contains(printed, "\nrow 101 of iris, virginica, in mlp4 after 2 epochs\nrow 1 of a batch of n = 20, rows"));
  CHECK(contains(printed, "\nx 20×4\n    6.3000    3.3000    6.0000    2.5000\n"));
  CHECK(contains(printed, ".params.txt .gradients.svg .trace.txt\n"));
  const std::string trace = written(folder, "mlp4.trace.txt"), params = written(folder, "mlp4.params.txt");
  CHECK(contains(trace, params.substr(params.find("fc1_weight"),
                                      params.find("fc1_bias") -
                                          params.find("fc1_weight"))));  // the weights are those that were saved
  const std::string page = written(folder, "index.html");
  CHECK(contains(page, "<summary>The numbers of one flower</summary>\n<pre tabindex=\"0\">row 101 of iris"));
  CHECK(contains(page, "<a href=\"mlp4.trace.txt\">"));
  CHECK(page.find("<details open>") > page.find("The network of mlp4"));
  CHECK(page.find("<details open>") < page.find("Loss of mlp4"));

  // It changes nothing else, and does not stay beside another run's files.
  const std::string files[] = {"mlp4.history.csv", "mlp4.params.txt", "mlp4.predictions.csv"};
  run_into(plain, "--run mlp4 --epochs 2");
  for (const std::string& file : files) CHECK(written(plain, file) == written(folder, file));
  run_into(folder, "--run mlp4 --epochs 2 --quiet");
  CHECK_FALSE(contains(names_in(folder.path + "/out"), "trace"));
}

TEST_CASE("--trace goes with --load, and --quiet only writes it") {
  const TemporaryFolder trained, loaded;
  run_into(trained, "--run mlp4 --epochs 2 --trace 51");
  const std::string params = trained.path + "/out/mlp4.params.txt";
  const std::string printed = run_into(loaded, "--run mlp4 --trace 51 --load '" + params + "'");
  CHECK(contains(printed, "\nrow 51 of iris, versicolor, in mlp4 with the parameters of " + params + "\n"));
  CHECK(names_in(loaded.path + "/out") == "mlp4.loaded.predictions.csv mlp4.loaded.trace.txt");
  const std::string one = written(trained, "mlp4.trace.txt"), other = written(loaded, "mlp4.loaded.trace.txt");
  CHECK(one.substr(one.find("# forward")) == other.substr(other.find("# forward")));
  CHECK(run_into(loaded, "--run mlp4 --quiet --trace 51 --load '" + params + "'") == "");
}

TEST_CASE("--beside draws an earlier run dashed and prints a line a quantity") {
  const TemporaryFolder before, now;
  run_into(before, "--run mlp4 --epochs 4");
  const std::string history = before.path + "/out/mlp4.history.csv";
  const std::string printed = run_into(now, "--run mlp4 --epochs 4 --beside '" + history + "'");
  CHECK(contains(printed, "\nbeside " + history + ", in the last epoch\n"));
  CHECK(contains(printed, "\nloss                               0.3662     0.3662          1\n"));
  CHECK(contains(printed, "\nmean |gradient| of fc1_weight     7.8e-08    7.8e-08          1\n"));
  CHECK(contains(printed, "\nflowers right                    15 of 50   15 of 50          1\n"));
  const std::string page = written(now, "index.html");
  CHECK(count_of(page, "<polyline") == 2 * (4 + 1));
  CHECK(contains(page, "<pre tabindex=\"0\">beside "));

  // Of another network, or of none.
  run_into(before, "--run mlp8 --epochs 1 --depth 6");
  check_fails("--run mlp8 --beside '" + before.path + "/out/mlp8.history.csv'", 1,
              before.path +
                  "/out/mlp8.history.csv is the history of another network: it has fc1_weight to fc6_weight, "
                  "this one fc1_weight to fc8_weight");
  const std::string predictions = before.path + "/out/mlp4.predictions.csv";
  check_fails("--run mlp4 --beside '" + predictions + "'", 1,
              predictions +
                  " line 1: found 'row,setosa,versicolor,virginica,predicte…', expected the header "
                  "epoch,loss,fc1_weight,… of a history");
  check_fails("--beside a.csv", 2, "--beside: the file is of one run, accepted with --run NAME");
}

TEST_CASE("--help prints the options to stdout and does nothing else") {
  const TemporaryFolder folder;
  CHECK(run_into(folder, "--help") ==
        "Lesson 1: a network learns, a deeper one does not\nusage: make run-lesson1 ARGS=\"OPTIONS\"\n" +
            options_help({"mlp4", "mlp8"}));
  CHECK(names_in(folder.path) == "");
  // Also where the data are not.
  CHECK(run_lesson1("--help", folder.path).status == 0);
}

TEST_CASE("a wrong option or value: status 2, one line, nothing written") {
  check_fails("--epochs 0", 2, "--epochs: found '0', accepted: a whole number from 1 to 1000000");
  check_fails("--run mlp5", 2, "--run: found 'mlp5', accepted: mlp4, mlp8");
  check_fails("--lr", 2, "--lr: no value, accepted: --lr X");
  check_fails(
      "--run mlp4 --nonsense", 2,
      "unknown option '--nonsense', accepted: --run --epochs --batch --optimizer --lr --momentum --depth "
      "--width --seed --init --clip --out --load --rows --trace --beside --watch-gradients --summary --quiet --help");
  check_fails("--help --batch 101", 2, "--batch: found '101', accepted: a whole number from 1 to 100");
  check_fails("--seed \"$(printf 'a\\nb')\"", 2, "--seed: found 'a?b', accepted: a whole number from 0 to 4294967295");
  // The last --out counts, and it is wrong.
  check_fails("--out ''", 2, "--out: found '', accepted: the name of a folder");
}

TEST_CASE("options that do not go together: status 2, one line, nothing written") {
  check_fails("--momentum 0.5", 2, "--momentum: run mlp4 uses adam, which has none; accepted with --optimizer sgd");
  check_fails("--run mlp8 --momentum 0.5 --optimizer adam", 2,
              "--momentum: run mlp8 uses adam, which has none; accepted with --optimizer sgd");
  check_fails("--load a.txt", 2, "--load: the file is of one run, accepted with --run NAME");
  for (const char* other :
       {"--epochs 5", "--batch 10", "--optimizer sgd", "--lr 0.1", "--seed 1", "--init he", "--clip 1"}) {
    check_fails(std::string("--load a.txt --run mlp4 ") + other, 2,
                "--load: trains nothing, accepted with --run, --depth, --width, --rows, --trace, --out and --quiet");
  }
}

TEST_CASE("--summary goes with what makes a network, --watch-gradients with what trains and prints") {
  for (const char* other :
       {"--epochs 5", "--optimizer sgd", "--lr 0.1", "--seed 1", "--init lecture", "--clip 1", "--rows 1", "--trace 1",
        "--beside a.csv --run mlp4", "--quiet", "--watch-gradients", "--load a.txt --run mlp4"}) {
    const Outcome outcome = run_lesson1(std::string("--summary ") + other);
    CHECK(outcome.status == 2);
    CHECK(outcome.out == "");
    CHECK(outcome.err == "lesson1: --summary: trains nothing, accepted with --run, --depth, --width and --batch\n");
  }
  check_fails("--summary", 2, "--summary: trains nothing, accepted with --run, --depth, --width and --batch");  // --out
  check_fails("--watch-gradients --quiet", 2, "--watch-gradients: prints, and --quiet does not, accepted: one of them");
  check_fails("--watch-gradients --load a.txt --run mlp4", 2,
              "--load: trains nothing, accepted with --run, --depth, --width, --rows, --trace, --out and --quiet");
}

TEST_CASE("--summary prints every chosen network with its parameters, and trains and writes nothing") {
  // No data is read either, so that it runs in an empty folder.
  const TemporaryFolder folder;
  const Outcome all = run_lesson1("--summary", folder.path);
  CHECK(all.status == 0);
  CHECK(all.err == "");
  CHECK(names_in(folder.path) == "");
  CHECK(all.out.find("mlp4: 4-(10×3)-3, for a batch of 20; nothing is trained\nlayer ") == 0);
  // By hand: 4·10 + 10, twice or six times 10·10 + 10, and 10·3 + 3.
  CHECK(all.out.find("\n303 parameters, 303 trained, 0 not\n\nmlp8: 4-(10×7)-3") != std::string::npos);
  CHECK(all.out.find("\n743 parameters, 743 trained, 0 not\n") != std::string::npos);

  const Outcome one = run_lesson1("--summary --run mlp8 --depth 2 --width 5 --batch 7", folder.path);
  CHECK(one.out ==
        "mlp8: 4-5-3, for a batch of 7; nothing is trained\n"
        "layer        output shape   parameters   of these\n"
        "fc1          7 × 5                  25   weight 4×5, bias 1×5\n"
        "relu1        7 × 5                   0\n"
        "fc2          7 × 3                  18   weight 5×3, bias 1×3\n"
        "softmax      7 × 3                   0\n"
        "43 parameters, 43 trained, 0 not\n\n");
}

TEST_CASE("--watch-gradients prints bars in epoch 1 and every tenth, and changes nothing") {
  const TemporaryFolder watched, plain;
  const Words lines = lines_of(run_into(watched, "--run mlp4 --epochs 20 --watch-gradients"));
  run_into(plain, "--run mlp4 --epochs 20");
  for (const std::string& name : split(mlp4_files, ' ')) {
    const bool same = written(watched, name) == written(plain, name);
    CHECK(same);
  }
  std::string order;
  for (const std::string& line : lines) {
    if (line.compare(0, 8, "epoch = ") == 0) order += line.substr(8, line.find(':') - 8) + " ";
    if (line.compare(0, 2, "fc") == 0) order += line.substr(0, 3) + " ";
  }
  CHECK(order == "1 fc1 fc2 fc3 fc4 2 3 4 5 10 fc1 fc2 fc3 fc4 20 fc1 fc2 fc3 fc4 ");
}

namespace {

// The data, for a program that is started there and writes into its default folder.
void write_data(const TemporaryFolder& folder) {
  for (const char* file : {"iris.csv", "lecture_split.csv"}) {
    write_file(folder.path + "/data/" + file, read_file(std::string("data/") + file));
  }
}

}  // namespace

TEST_CASE("out/lesson1 is the lecture's: what changes the runs goes to out/lesson1-own") {
  const TemporaryFolder folder;
  write_data(folder);
  CHECK(run_lesson1("--watch-gradients", folder.path).status == 0);
  CHECK(run_lesson1("--quiet", folder.path).status == 0);
  CHECK(names_in(folder.path + "/out") == "index.html lesson1");
  CHECK(names_in(folder.path + "/out/lesson1") == "index.html " + mlp4_files + " " + mlp8_files);
  const std::map<std::string, std::string> lecture = contents_of(folder.path + "/out/lesson1");

  const std::string own = folder.path + "/out/lesson1-own";
  for (const std::string option :
       {"--epochs 2", "--batch 30", "--optimizer sgd", "--lr 0.01", "--momentum 0.5 --optimizer sgd", "--depth 3",
        "--width 5", "--seed 1", "--init lecture", "--clip 1", "--rows 1,2", "--load out/lesson1/mlp4.params.txt"}) {
    CAPTURE(option);
    CHECK(run_lesson1("--quiet --run mlp4 " + option, folder.path).status == 0);
    CHECK(contains(names_in(own), ".predictions.csv"));
    const bool unspoilt = contents_of(folder.path + "/out/lesson1") == lecture;
    CHECK(unspoilt);
    std::filesystem::remove_all(own);
  }
  // --run alone too: a page of one run would take the place of the page of all.
  CHECK(run_lesson1("--quiet --run mlp4", folder.path).status == 0);
  CHECK(names_in(own) == "index.html " + mlp4_files);
  const bool unspoilt = contents_of(folder.path + "/out/lesson1") == lecture;
  CHECK(unspoilt);
}

TEST_CASE("without --run a changed setting goes to out/lesson1-own as well, and the line printed says so") {
  const TemporaryFolder folder;
  write_data(folder);
  const Outcome outcome = run_lesson1("--epochs 1", folder.path);
  CHECK(outcome.out.find("open out/lesson1-own/index.html in a browser\n") != std::string::npos);
  CHECK(names_in(folder.path + "/out") == "index.html lesson1-own");
}

TEST_CASE("out/index.html links the pages that there are; with --out elsewhere there is none") {
  const TemporaryFolder folder;
  write_data(folder);
  CHECK(run_lesson1("--epochs 1 --quiet --out elsewhere", folder.path).status == 0);
  CHECK(names_in(folder.path) == "data elsewhere");
  write_file(folder.path + "/out/lesson3/index.html", "");
  CHECK(run_lesson1("--quiet", folder.path).status == 0);
  CHECK(run_lesson1("--epochs 1 --quiet", folder.path).status == 0);
  const std::string page = read_file(folder.path + "/out/index.html");
  const std::string title = "Lesson 1: a network learns, a deeper one does not";
  CHECK(page.find("<ul>\n<li><a href=\"lesson1/index.html\">" + title +
                  "</a></li>\n"
                  "<li><a href=\"lesson3/index.html\">lesson3/index.html</a></li>\n"
                  "<li><a href=\"lesson1-own/index.html\">" +
                  title + " (your own)</a></li>\n</ul>") != std::string::npos);
}

TEST_CASE("the page has the command that repeats each run") {
  const TemporaryFolder folder;
  const std::string out = folder.path + "/two words";
  run_lesson1("--epochs 1 --quiet --out '" + out + "'");
  const std::string page = read_file(out + "/index.html");
  CHECK(page.find("<code>make run-lesson1 ARGS=&quot;--epochs 1 --quiet --out '" + out + "'&quot;</code>") !=
        std::string::npos);
  for (const std::string run : {"mlp4", "mlp8"}) {
    CHECK(page.find("<code>make run-lesson1 ARGS=&quot;--run " + run + " --epochs 1 --quiet --out '" + out +
                    "'&quot;</code>") != std::string::npos);
  }
}

TEST_CASE("the command that repeats a run is taken by the shell and by make as it was meant, whatever the names hold") {
  const TemporaryFolder folder;
  write_file(folder.path + "/Makefile", "run-lesson1:\n\t@printf '%s\\n' $(ARGS)\n");
  for (const std::string name : {"a b",
                                 "a$(touch x)b",
                                 "a\"b",
                                 "it's",
                                 "a;b&c|d*e\\f~g`touch x`h",
                                 "~",
                                 "~/x",
                                 "a#b",
                                 "$HOME",
                                 "$$x",
                                 "q!w",
                                 "深 é",
                                 "深",
                                 "back\\",
                                 "(x)",
                                 "%a%",
                                 "{a,b}",
                                 "[a]",
                                 "<a>",
                                 "?",
                                 "''",
                                 "$",
                                 "a\\$b",
                                 "a=b"}) {
    CAPTURE(name);
    const std::string command = command_text("lesson1", {"--out", name, "--quiet"});
    CAPTURE(command);
    const std::string shell = "unset MAKEFLAGS MAKELEVEL; cd '" + folder.path + "' && " + command + " >printed 2>&1";
    CHECK(std::system(shell.c_str()) == 0);
    CHECK(read_file(folder.path + "/printed") == "--out\n" + name + "\n--quiet\n");
  }
  CHECK(names_in(folder.path) == "Makefile printed");
  CHECK(command_text("lesson1", {}) == "make run-lesson1");
  CHECK(command_text("lesson1", {"--lr", "0.1", "--out", "a b"}) == "make run-lesson1 ARGS=\"--lr 0.1 --out 'a b'\"");
}

TEST_CASE("an --out that cannot be made: status 1, one line, and what stood there still stands") {
  const TemporaryFolder folder;
  const std::string file = folder.path + "/file";
  write_file(file, "old");
  for (const std::string& out : {file, file + "/deeper"}) {
    const Outcome outcome = run_lesson1("--quiet --epochs 1 --out '" + out + "'");
    CHECK(outcome.status == 1);
    CHECK(outcome.out == "");
    CHECK(outcome.err == "lesson1: cannot make the folder " + out + ": Not a directory\n");
  }
  CHECK(names_in(folder.path) == "file");
  CHECK(read_file(file) == "old");
}

TEST_CASE("without the data: status 1, one line, nothing written") {
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1("", folder.path);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "");
  CHECK(outcome.err ==
        "lesson1: cannot open data/iris.csv: No such file or directory; start it at the project's root\n");
  CHECK(names_in(folder.path) == "");
}

TEST_CASE("with damaged data: status 1, one line that says where, nothing written") {
  const TemporaryFolder folder;
  std::string text = read_file("data/iris.csv");
  text.replace(text.find("4.9,3,"), 6, "4.9,wide,");
  write_file(folder.path + "/data/iris.csv", text);
  const Outcome outcome = run_lesson1("", folder.path);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "");
  CHECK(outcome.err ==
        "lesson1: data/iris.csv line 3, column 2 (Sepal.Width): found 'wide', expected a length in cm between 0 and "
        "100, such as 5.1\n");
  CHECK(names_in(folder.path) == "data");
}

// The perceptrons of lesson 1 die of a huge learning rate before they overflow: where the probability of the true
// species is 0, the ε of the loss makes the gradient 0 as well. Wide layers and adam's first steps, each as long as
// the learning rate, overflow all the same.
const std::string overflowing = "--quiet --run mlp4 --optimizer adam --lr 999999 --width 600";

TEST_CASE("a loss that is no number: status 1, a line that names epoch and batch, and the run up to there") {
  const TemporaryFolder folder;
  const std::string at_out = " --out '" + folder.path + "/out'";
  REQUIRE(run_lesson1("--quiet --run mlp4 --epochs 1" + at_out).status == 0);
  const Outcome outcome = run_lesson1(overflowing + " --depth 6 --batch 50 --epochs 5" + at_out);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "");
  CHECK(outcome.err.find("lesson1: the loss is not a number at epoch 1, batch 2: ") == 0);
  CHECK(lines_of(outcome.err).size() == 1);
  // No epoch came to its end, and what the run before left does not stay beside it.
  CHECK(names_in(folder.path + "/out") == "index.html mlp4.history.csv");
  CHECK(lines_of(written(folder, "mlp4.history.csv")).size() == 1);
  const std::string page = written(folder, "index.html");
  CHECK(contains(page, "<p class=\"diverged\">Ended early: the loss is not a number at epoch 1, batch 2: "));
  CHECK(contains(page, "<p>No epoch came to its end.</p>"));
}

TEST_CASE("a run that diverges later has history, pictures and page of the epochs before, marked as such") {
  const TemporaryFolder folder;
  // Sums of 100 layers overflow once adam's steps have made their weights large.
  const Outcome outcome =
      run_program("lesson3", "--run res100_sgd --optimizer adam --lr 0.07 --out '" + folder.path + "/out'");
  REQUIRE(outcome.status == 1);
  CHECK(lines_of(outcome.err).size() == 1);
  CHECK(names_in(folder.path + "/out") == "index.html res100_sgd.gradients.svg res100_sgd.history.csv");
  const std::size_t epochs = lines_of(written(folder, "res100_sgd.history.csv")).size() - 1;
  CHECK(epochs > 0);
  CHECK(contains(outcome.err, formatted("at epoch %zu", epochs + 1)));
  const std::string page = written(folder, "index.html");
  CHECK(count_of(page, formatted("; diverged after epoch %zu", epochs)) >= 3);
  CHECK(contains(page, "<p class=\"diverged\">Ended early: "));
  CHECK(contains(outcome.out, "written: " + folder.path + "/out/res100_sgd.history.csv .gradients.svg\n"));
}

TEST_CASE("predictions that are no numbers after the last step are a failure, not a confusion table") {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_lesson1(overflowing + " --depth 6 --batch 100 --epochs 1 --out '" + folder.path + "/out'");
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("lesson1: ") == 0);
  CHECK_FALSE(contains(names_in(folder.path + "/out"), "predictions"));
  CHECK_FALSE(contains(names_in(folder.path + "/out"), "params"));
}

TEST_CASE("the page of one run keeps the others whose files are there, in the lesson's order") {
  const TemporaryFolder folder;
  run_into(folder, "--run mlp8 --epochs 2");
  run_into(folder, "--run mlp4 --epochs 3");
  const std::string both = written(folder, "index.html");
  check_well_formed(both);
  CHECK(all_between(both, "<section id=\"", "\">") == "mlp4 | mlp8");
  CHECK(contains(both, "--run mlp8 --epochs 2"));
  run_into(folder, "--run mlp4 --epochs 1");
  CHECK(section_of(written(folder, "index.html"), "mlp8") == section_of(both, "mlp8"));
  CHECK(section_of(written(folder, "index.html"), "mlp4") != section_of(both, "mlp4"));

  std::filesystem::remove(folder.path + "/out/mlp8.history.csv");
  run_into(folder, "--run mlp4 --epochs 1");
  CHECK(all_between(written(folder, "index.html"), "<section id=\"", "\">") == "mlp4");
  // A page that is damaged has no sections to keep.
  for (const std::string& damaged : {std::string(), both.substr(0, both.size() / 2), std::string("\0\xff", 2)}) {
    write_file(folder.path + "/out/index.html", damaged);
    run_into(folder, "--run mlp8 --epochs 1");
    CHECK(contains(all_between(written(folder, "index.html"), "<section id=\"", "\">"), "mlp8"));
    check_well_formed(written(folder, "index.html"));
  }
}

TEST_CASE("the page of lesson 2 begins with the standardisation, and keeps it for one run alone") {
  const TemporaryFolder folder;
  const std::string at_out = " --quiet --epochs 1 --out '" + folder.path + "/out'";
  REQUIRE(run_program("lesson2", at_out).status == 0);
  const std::string page = written(folder, "index.html");
  check_well_formed(page);
  CHECK(all_between(page, "<section id=\"", "\">") == "standardisation | bn8");
  CHECK(count_of(section_of(page, "standardisation"), "v16\"/>") == 2 * 4 * 150);  // a path a flower
  REQUIRE(run_program("lesson2", "--run bn8" + at_out).status == 0);
  CHECK(section_of(written(folder, "index.html"), "standardisation") == section_of(page, "standardisation"));
}

TEST_CASE("the plots and the page do not grow with the epochs") {
  const TemporaryFolder few, many;
  run_into(few, "--run mlp4 --epochs 1000 --width 2 --quiet");
  run_into(many, "--run mlp4 --epochs 10000 --width 2 --quiet");
  CHECK(lines_of(written(many, "mlp4.history.csv")).size() == 10001);
  for (const char* name : {"index.html", "mlp4.gradients.svg"}) {
    CAPTURE(name);
    CHECK(written(many, name).size() < written(few, name).size() * 5 / 4);
  }
}

TEST_CASE("another lesson's page that cannot be read does not fail this one, and the overview shows the comparison") {
  const TemporaryFolder folder;
  write_data(folder);
  std::filesystem::create_directories(folder.path + "/out/lesson2/index.html");
  write_file(folder.path + "/out/comparison.svg", "<svg><title>four networks</title></svg>\n");
  CHECK(run_lesson1("--quiet --epochs 1", folder.path).status == 0);
  const std::string page = read_file(folder.path + "/out/index.html");
  check_well_formed(page);
  CHECK(contains(page, "<li><a href=\"lesson2/index.html\">lesson2/index.html</a></li>"));
  CHECK(count_of(page, "<title>four networks</title>") == 1);
}

TEST_CASE("flowers that no batch has are counted, on stdout and on the page") {
  const TemporaryFolder folder;
  const std::string printed = run_into(folder, "--run mlp4 --epochs 1 --batch 51");
  const std::string left_out = "49 of the 100 flowers are in no batch of 51";
  CHECK(contains(printed, "batch 51, 1 epoch, seed 0\n" + left_out + "\nStart training:\n"));
  CHECK(contains(read_file(folder.path + "/out/index.html"), "<td>" + left_out + "</td>"));
  CHECK(!contains(run_into(folder, "--run mlp4 --epochs 1 --batch 50"), "in no batch"));
  CHECK(
      contains(run_into(folder, "--run mlp4 --epochs 1 --batch 99"), "\n1 of the 100 flowers is in no batch of 99\n"));
}

TEST_CASE("numbers are shown as they were given") {
  const TemporaryFolder folder;
  const std::string printed = run_into(
      folder, "--run mlp4 --epochs 1 --optimizer sgd --lr 0.0123456789 --momentum 0.9999999999 --clip 12345.678");
  CHECK(contains(printed, "sgd lr 0.0123456789 momentum 0.9999999999, batch 20, 1 epoch, seed 0, clip 12345.678\n"));
}

TEST_CASE("a history too long for any machine is refused before the first epoch, with the option that causes it") {
  const TemporaryFolder folder;
  const std::string out = " --out '" + folder.path + "/out'";
  const Outcome outcome = run_lesson1("--run mlp4 --epochs 1000000 --depth 10000 --width 1" + out);
  CHECK(outcome.status == 2);
  CHECK(outcome.err ==
        "lesson1: --epochs 1000000 with --depth 10000: 1.0002e+10 numbers in the history of mlp4, accepted: up to "
        "1e+08\n");
  CHECK(run_program("lesson6", "--remedies residual --epochs 1000000" + out).err ==
        "lesson6: --epochs 1000000 with --depth 100: 1.02e+08 numbers in the history of residual, accepted: up to "
        "1e+08\n");
  CHECK(names_in(folder.path) == "");
}

TEST_CASE("a network too large for any machine is refused before it is made") {
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1("--run mlp4 --depth 10000 --width 1000 --out '" + folder.path + "/out'");
  CHECK(outcome.status == 2);
  CHECK(outcome.err ==
        "lesson1: --depth 10000 with --width 1000: 1e+10 weights in mlp4, accepted: a network of up to 1e+08\n");
  CHECK(names_in(folder.path) == "");
}

#if defined(__linux__) && !defined(HANDGRAD_SANITIZED)
// Elsewhere ulimit -v limits nothing, and the address sanitizer needs more than any such limit.
TEST_CASE("wherever memory runs out, before main has begun to catch too, there is one line") {
  const TemporaryFolder folder;
  int short_of_memory = 0, right = 0;
  for (int kilobytes = 5000; right < 3 && kilobytes < 100000; kilobytes += kilobytes < 10000 ? 20 : 2000) {
    CAPTURE(kilobytes);
    const Outcome outcome = run_lesson1("--quiet --run mlp4 --epochs 1 --out '" + folder.path + "/out'", ".",
                                        formatted("ulimit -v %d &&", kilobytes));
    if (outcome.status == 127) continue;  // the system could not even load the program
    right += outcome.status == 0 ? 1 : 0;
    if (outcome.status == 0) continue;
    ++short_of_memory;
    CHECK(outcome.status == 1);
    CHECK(outcome.err.find("lesson1: not enough memory") == 0);
    CHECK(lines_of(outcome.err).size() == 1);
  }
  CHECK(short_of_memory > 0);
  CHECK(right == 3);
}

TEST_CASE("a small stack is enough") {
  const TemporaryFolder folder;
  CHECK(run_lesson1("--quiet --run mlp4 --epochs 1 --out '" + folder.path + "/out'", ".", "ulimit -s 64 &&").status ==
        0);
}

TEST_CASE("a network that does not fit into memory: status 1, one line, nothing written") {
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1("--quiet --run mlp4 --depth 100 --width 1000 --out '" + folder.path + "/out'",
                                      ".", "ulimit -v 100000 &&");
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "lesson1: not enough memory for a network of this --depth and --width\n");
  CHECK(names_in(folder.path) == "");
}
#endif

#ifdef __linux__  // has /dev/full
TEST_CASE("a stdout that takes nothing: status 1 and one line") {
  const TemporaryFolder folder;
  const Outcome outcome = run_lesson1("--run mlp4 --epochs 1 --out '" + folder.path + "/out'", ".", "", "/dev/full");
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "lesson1: cannot write to the standard output: No space left on device\n");
}
#endif
