#include "lessons/lesson6/remedies.h"

#include <algorithm>
#include <cstddef>

#include "src/io/text.h"
#include "src/layers/batch_norm.h"
#include "src/program/errors.h"
#include "src/program/settings.h"

namespace handgrad::lesson6 {

namespace {

// What a dense layer adds to what the next one reads.
constexpr int dense_growth = 2;

// A word of a remedy's name: the part of the baseline that it changes, and how.
struct Word {
  std::string name;
  std::string part;
  void (*change)(Remedy&);
};

// In the order of the lecture's conclusion, then what it leaves out.
const std::vector<Word>& words() {
  using Activation = Architecture::Activation;
  using Connection = Architecture::Connection;
  static const std::vector<Word> all{
      {"squared", "loss", [](Remedy& remedy) { remedy.loss = squared_error; }},
      {"cross_entropy", "loss", [](Remedy& remedy) { remedy.loss = cross_entropy; }},
      {"sgd", "optimizer", [](Remedy& remedy) { remedy.optimizer = lecture_sgd(); }},
      {"adam", "optimizer", [](Remedy& remedy) { remedy.optimizer = lecture_adam(); }},
      {"sigmoid", "activation", [](Remedy& remedy) { remedy.architecture.activation = Activation::sigmoid; }},
      {"relu", "activation", [](Remedy& remedy) { remedy.architecture.activation = Activation::relu; }},
      {"leaky", "activation", [](Remedy& remedy) { remedy.architecture.activation = Activation::leaky_relu; }},
      {"standardised", "inputs", [](Remedy& remedy) { remedy.standardised = true; }},
      {"batch_norm", "normalization", [](Remedy& remedy) { remedy.architecture.batch_norm = true; }},
      {"residual", "structure", [](Remedy& remedy) { remedy.architecture.connection = Connection::residual; }},
      {"dense", "structure", [](Remedy& remedy) { remedy.architecture.connection = Connection::dense; }},
      {"clip", "clipping", [](Remedy& remedy) { remedy.clip = 1; }},
      {"glorot", "initial weights", [](Remedy& remedy) { remedy.init = Init::glorot; }},
      {"he", "initial weights", [](Remedy& remedy) { remedy.init = Init::he; }},
  };
  return all;
}

// "squared, cross_entropy, sgd, …"
std::string all_words() {
  std::vector<std::string> names;
  for (const Word& word : words()) names.push_back(word.name);
  return joined(names, ", ");
}

}  // namespace

std::vector<std::string> default_remedies() {
  return {// each remedy of the list alone
          "bare", "bare+cross_entropy", "bare+adam", "bare+relu", "bare+batch_norm", "bare+residual", "bare+dense",
          // lesson 1's network, and one thing changed: what the list has, then what it leaves out
          "baseline", "sgd", "leaky", "batch_norm", "residual", "glorot", "he",
          // two things and more
          "bare+residual+cross_entropy", "bare+residual+adam", "sgd+residual", "clip+residual", "clip+sgd+residual",
          "he+leaky", "he+residual", "leaky+standardised+residual"};
}

Remedy remedy_named(const std::string& name) {
  Remedy remedy;
  std::vector<std::string> names = split(name, '+');
  if (names.front() == "baseline" || names.front() == "bare") {
    if (names.front() == "bare") {
      remedy.loss = squared_error;
      remedy.optimizer = lecture_sgd();
      remedy.architecture.activation = Architecture::Activation::sigmoid;
    }
    names.erase(names.begin());
  }
  remedy.name = name;

  std::vector<std::string> changed;
  for (const std::string& wanted : names) {
    const auto word =
        std::find_if(words().begin(), words().end(), [&](const Word& candidate) { return candidate.name == wanted; });
    if (word == words().end()) {
      throw UsageError("--remedies: found " + quoted(wanted) +
                       ", accepted: baseline or bare, or words that change it, joined by +: " + all_words());
    }
    if (std::count(changed.begin(), changed.end(), word->part) != 0) {
      throw UsageError("--remedies: " + quoted(name) + " changes the " + word->part +
                       " twice, accepted: one word for each part");
    }
    changed.push_back(word->part);
    word->change(remedy);
  }
  return remedy;
}

std::string remedies_help() {
  std::string text =
      "without --depth: 4, 8, 16, 25, 50 and 100 fully connected layers; without --seeds: 10\n"
      "a remedy is one of these, or words that change it, joined by + (sgd+residual changes the baseline):\n"
      "  baseline       lesson 1's network: cross-entropy, adam, ReLU, raw inputs, one layer after the other\n"
      "  bare           the same with squared error, sgd and sigmoid\n";
  for (const Word& word : words()) text += formatted("  +%-13s the %s\n", word.name.c_str(), word.part.c_str());
  return text;
}

std::vector<int> remedy_widths(const Remedy& remedy, int depth, int width) {
  std::vector<int> widths = layer_widths(depth - 1, width);
  if (remedy.architecture.connection == Architecture::Connection::dense) {
    for (std::size_t i = 2; i + 1 < widths.size(); ++i) widths[i] = dense_growth;
  }
  return widths;
}

double remedy_weights(const Remedy& remedy, int depth, int width) {
  if (remedy.architecture.connection != Architecture::Connection::dense) return plain_weights(depth, width);
  return static_cast<double>(depth) * dense_growth * (width + 0.5 * dense_growth * depth);
}

Split standardised(const Split& split) {
  const Matrix gamma(1, split.train.x.cols, 1), beta(1, split.train.x.cols, 0);
  Split result = split;
  Matrix mean, var, x_hat;
  batch_norm_forward(split.train.x, gamma, beta, mean, var, x_hat, result.train.x);
  batch_norm_predict(split.test.x, gamma, beta, mean, var, result.test.x);
  return result;
}

}  // namespace handgrad::lesson6
