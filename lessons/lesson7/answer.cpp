#include <cmath>

#include "src/checking/initialisation_check.h"
#include "src/checking/training_checks.h"
#include "src/program/exercise.h"

// The answer to exercise.cpp.
// exercise.cpp 的解答。

namespace exercise {

using namespace handgrad;

// The range from which He's weights are drawn, uniformly in ±range, for a layer in front of a ReLU: that for which l
// has the same variance in every layer. He 初始權重在 ±range 之間均勻抽出；選 range 使每一層的 l 有相同的變異數（後面接
// ReLU）。
double he_range(int inputs, int outputs) {
  // Var(l_i) = inputs · Var(W) · 1/2 Var(l_(i-1)) stays if Var(W) = range² / 3 = 2 / inputs. The outputs play no part.
  static_cast<void>(outputs);
  return std::sqrt(6.0 / inputs);
}

// By what factor a layer of `units` inputs changes the standard deviation of l, if its weights are uniform in ±range
// and the activation has the slope `on` where l > 0 and `off` where l < 0. Half of the l are above 0. 一層使 l
// 的標準差變成幾倍：權重在 ±range 之間均勻，激活函數在 l > 0 的斜率是 on，在 l < 0 是 off，各占一半。
double layer_factor(int units, double range, double on, double off) {
  const double weight_variance = range * range / 3;
  const double kept = (on * on + off * off) / 2;
  return std::sqrt(units * weight_variance * kept);
}

// Scales all gradients together so that their norm is at most bound, and returns their norm before. A parameter without
// a gradient has grad == nullptr.
// 把所有梯度一起縮小，使它們合起來的長度不超過 bound，並傳回縮小之前的長度。沒有梯度的參數，grad 是 nullptr。
double clip_gradients(const std::vector<Parameter>& parameters, double bound) {
  double sum = 0;
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr) continue;
    for (const Real g : parameter.grad->values) sum += static_cast<double>(g) * static_cast<double>(g);
  }
  const double norm = std::sqrt(sum);
  for (const Parameter& parameter : parameters) {
    if (parameter.grad == nullptr || norm <= bound) continue;
    for (Real& g : parameter.grad->values) g = static_cast<Real>(static_cast<double>(g) * bound / norm);
  }
  return norm;
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  return run_exercises("Lesson 7, answer",
                       {backward_exercise("he_range", check_he_range, exercise::he_range),
                        backward_exercise("layer_factor", check_layer_factor, exercise::layer_factor),
                        backward_exercise("clip_gradients", check_clip, exercise::clip_gradients)},
                       argc, argv);
}
