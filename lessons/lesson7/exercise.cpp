#include "src/program/exercise.h"

#include <cmath>

#include "src/checking/initialisation_check.h"
#include "src/checking/training_checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson7`. Every number is held
// against its formula. `make answer-lesson7` runs the answer, which is in answer.cpp.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson7`：每個數都會與公式比較。
// `make answer-lesson7` 執行解答 answer.cpp。

namespace exercise {

using namespace handgrad;

// The range from which He's weights are drawn, uniformly in ±range, for a layer in front of a ReLU: that for which l
// has the same variance in every layer. He 初始權重在 ±range 之間均勻抽出；選 range 使每一層的 l 有相同的變異數（後面接
// ReLU）。
double he_range(int inputs, int outputs) {
  not_written_yet(inputs, outputs);  // return …; in place of this line
}

// By what factor a layer of `units` inputs changes the standard deviation of l, if its weights are uniform in ±range
// and the activation has the slope `on` where l > 0 and `off` where l < 0. Half of the l are above 0. 一層使 l
// 的標準差變成幾倍：權重在 ±range 之間均勻，激活函數在 l > 0 的斜率是 on，在 l < 0 是 off，各占一半。
double layer_factor(int units, double range, double on, double off) {
  not_written_yet(units, range, on, off);
}

// Scales all gradients together so that their norm is at most bound, and returns their norm before. A parameter without
// a gradient has grad == nullptr.
// 把所有梯度一起縮小，使它們合起來的長度不超過 bound，並傳回縮小之前的長度。沒有梯度的參數，grad 是 nullptr。
double clip_gradients(const std::vector<Parameter>& parameters, double bound) {
  // ‖g‖ = sqrt(Σ g²), over every element of every parameter.grad
  // g = g bound / ‖g‖ where ‖g‖ > bound
  not_written_yet(parameters, bound);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 7",
                       {backward_exercise("he_range", check_he_range, exercise::he_range),
                        backward_exercise("layer_factor", check_layer_factor, exercise::layer_factor),
                        backward_exercise("clip_gradients", check_clip, exercise::clip_gradients)},
                       argc, argv);
}
