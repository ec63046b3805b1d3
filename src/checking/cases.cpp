#include "src/checking/cases.h"

#include "src/checking/numeric_gradient.h"

namespace handgrad {

using Kind = Case::Kind;

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases{{3, 4, 5},
                                       {20, 10, 3},
                                       {5, 10, 10},
                                       {2, 3, 7},
                                       {1, 5, 2},  // as in the lessons
                                       {4, 4, 6},
                                       {5, 3, 5},
                                       {3, 6, 6},
                                       {4, 4, 4},  // two sizes agree, or all
                                       {7, 1, 3},
                                       {6, 3, 1},
                                       {1, 1, 1},
                                       {1, 1, 6},
                                       {5, 1, 1},
                                       {17, 33, 9},
                                       {33, 9, 17},
                                       {9, 17, 33},
                                       {65, 67, 64},
                                       {1030, 2, 3},
                                       {2, 1030, 3},
                                       {2, 3, 1030},
                                       {3, 4, 5, Kind::far},
                                       {3, 4, 5, Kind::huge},
                                       {3, 4, 5, Kind::near},
                                       {3, 4, 5, Kind::kink},
                                       {3, 4, 5, Kind::some_zero},
                                       {3, 4, 5, Kind::all_zero},
                                       {3, 4, 5, Kind::small},
                                       {3, 4, 5, Kind::tiny},
                                       {3, 4, 5, Kind::constant},
                                       {6, 5, 2, Kind::far},
                                       {2, 5, 5, Kind::constant}};
  return cases;
}

Matrix input_of(const Case& c, int rows, int cols, std::uint32_t which) {
  Matrix m = random_matrix(rows, cols, which);
  for (int k = 0; k < m.size(); ++k) {
    if (c.kind == Kind::far) m[k] *= 50;
    if (c.kind == Kind::huge) m[k] *= 10000;
    if (c.kind == Kind::near) m[k] *= Real(1e-9);
    if (c.kind == Kind::kink && k % 3 == 1) m[k] = 0;
    if (c.kind == Kind::constant) m[k] = m[k % cols];
  }
  return m;
}

Matrix gradient_of(const Case& c, int rows, int cols, std::uint32_t which) {
  Matrix m = random_matrix(rows, cols, which);
  for (int k = 0; k < m.size(); ++k) {
    if (c.kind == Kind::far) m[k] *= 100;
    if (c.kind == Kind::huge) m[k] *= 10000;
    if (c.kind == Kind::all_zero || (c.kind == Kind::some_zero && k % 3 != 1)) m[k] = 0;
    if (c.kind == Kind::small) m[k] *= Real(1e-5);
    if (c.kind == Kind::tiny) m[k] *= Real(1e-30);
  }
  return m;
}

std::string kind_text(const Case& c) {
  switch (c.kind) {
    case Kind::plain:
      return "";
    case Kind::far:
      return "inputs up to 50 in size, incoming gradients up to 100";
    case Kind::huge:
      return "inputs and incoming gradients up to 10000 in size";
    case Kind::near:
      return "inputs near 1e-9";
    case Kind::kink:
      return "some inputs exactly 0";
    case Kind::some_zero:
      return "some incoming gradients exactly 0";
    case Kind::all_zero:
      return "incoming gradients all 0";
    case Kind::small:
      return "incoming gradients near 1e-5";
    case Kind::tiny:
      return "incoming gradients near 1e-30";
    case Kind::constant:
      return "all rows of the input alike";
  }
  return "";
}

}  // namespace handgrad
