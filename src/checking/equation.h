#pragma once

#include <string>

namespace handgrad {

// One line of a derivation: what it computes and where it stands.
struct Equation {
  std::string group;         // what LAYER= chooses by: "batch_norm"
  std::string name;          // "grad_var"
  std::string section;       // of the lecture: "2 (4)"
  std::string function;      // "batch_norm_backward"
  std::string file;          // "src/layers/batch_norm.cpp"
  std::string comment = "";  // begins the comment above the line, by which it is found: "∂loss/∂σ²"
  bool always_zero = false;  // rightly so: the bias before a batch norm, which takes every shift out again
};

// The name of what is wrong where a function did something that belongs to none of its equations: it threw after all
// was computed, wrote outside a matrix, changed its input, or never came back.
constexpr const char* the_call = "the call";

// Where the equation stands in its file, a line counted from 1: below the comment that begins with `comment`, within
// the function, or else within one whose name goes on where the function's ends, such as _parameters: a part of it. 0
// if it is not found, because the comments were changed.
int line_of(const Equation& equation);

// The headings of the lesson's handout under which the equation's function is derived, in both languages:
// "lessons/lesson1/README.md, Backward": where the handout links to the function, else where it tells the backward
// pass. Empty for the optimizers, which no handout derives.
struct Derivation {
  std::string english;
  std::string chinese;
};
Derivation derivation_of(const Equation& equation);

}  // namespace handgrad
