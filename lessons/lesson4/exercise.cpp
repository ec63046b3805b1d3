#include "src/program/exercise.h"

#include <cmath>

#include "lessons/lesson4/network.h"
#include "src/checking/exercise_checks.h"

// Write what says not_written_yet, one place after the other, then `make exercise-lesson4`. Every gradient is held
// against its central difference, every step of the prediction against the trained network. `make answer-lesson4` runs
// the answer, which is in answer.cpp. A matrix is NaN everywhere after resize: what you leave out is found, and what
// you add to (+=) needs a fill(0) first.
//
// 依序寫出 not_written_yet 標示的地方，再執行 `make exercise-lesson4`：每個梯度與數值梯度比較，預測的每一步則與
// 訓練好的網路比較。`make answer-lesson4` 執行解答 answer.cpp。resize 之後，矩陣的元素都是 NaN：漏寫的會被找出來；
// 要用 += 累加的，先 fill(0)。
//
// The prediction is the lecture's exercise 3, dense6 by hand: fc1, relu1; then, for i = 2 to 6, fc, relu, and concat,
// which puts what the layer was given before what it computed; fc7, softmax.
//
// 預測是講義的練習 3，用手重現 dense6：fc1、relu1；i = 2 到 6 依序 fc、relu、
// concat（這一層的輸入在前，輸出在後）；最後 fc7、softmax。

namespace exercise {

using namespace handgrad;

// The gradients of r = x || h (the columns of x, then those of h), from grad_r, which is as wide as both: grad_x as x,
// grad_h as h. Lecture, section 4 (3), which leaves them out.
// r = x || h（先 x 的各行，再 h 的各行）的梯度，由 grad_r 推得；講義第四節 (3) 略過了這一段。
void concat_backward(const Matrix& x, const Matrix& h, const Matrix& grad_r, Matrix& grad_x, Matrix& grad_h) {
  // ∂loss/∂x_ij
  grad_x.resize(x.rows, x.cols);
  not_written_yet(grad_r);  // grad_x(i, j) = …; in place of this line

  // ∂loss/∂h_ij
  grad_h.resize(h.rows, h.cols);
  not_written_yet(grad_r);
}

// The backward pass of a dense network, the lecture's of section 4 (3), from the loss down, in this order:
// 密集連接網路（講義第四節 (3)）的反向傳播，從損失函數往下，依照這個順序：
//   l1 = x W1 + b1,   h1 = ReLU(l1),  r1 = x || h1
//   l2 = r1 W2 + b2,  h2 = ReLU(l2),  r2 = r1 || h2
//   l3 = r2 W3 + b3,  o = softmax(l3),  loss = -1/(n × classes) Σ y log(o + log_loss_epsilon)
// Write loops, or call your own function, exercise::concat_backward, or the layers',
// handgrad::concat_backward and others (src/layers).
// 可以寫迴圈，也可以呼叫自己上面的函數（exercise::…）或 src/layers 的函數（handgrad::…）。
void dense_mlp_backward(const Matrix& x, const Matrix& y, const Matrix& W1, const Matrix& W2, const Matrix& W3,
                        const Matrix& l1, const Matrix& h1, const Matrix& r1, const Matrix& l2, const Matrix& h2,
                        const Matrix& r2, const Matrix& o, Matrix& grad_o, Matrix& grad_l3, Matrix& grad_W3,
                        Matrix& grad_b3, Matrix& grad_r2, Matrix& grad_h2, Matrix& grad_l2, Matrix& grad_W2,
                        Matrix& grad_b2, Matrix& grad_r1, Matrix& grad_h1, Matrix& grad_l1, Matrix& grad_W1,
                        Matrix& grad_b1, Matrix& grad_x) {
  // ∂loss/∂o
  not_written_yet(o, y, grad_o);

  // ∂loss/∂l3
  not_written_yet(o, grad_o, grad_l3);

  // ∂loss/∂W3
  // ∂loss/∂b3
  // ∂loss/∂r2
  not_written_yet(r2, W3, grad_l3, grad_W3, grad_b3, grad_r2);

  // ∂loss/∂h2
  not_written_yet(r1, h2, grad_r2, grad_h2);

  // ∂loss/∂l2
  not_written_yet(l2, grad_h2, grad_l2);

  // ∂loss/∂W2
  // ∂loss/∂b2
  not_written_yet(r1, W2, grad_l2, grad_W2, grad_b2);

  // ∂loss/∂r1: it went into layer 2 and past it
  not_written_yet(grad_l2, W2, grad_r2, grad_r1);

  // ∂loss/∂h1
  not_written_yet(x, h1, grad_r1, grad_h1);

  // ∂loss/∂l1
  not_written_yet(l1, grad_h1, grad_l1);

  // ∂loss/∂W1
  // ∂loss/∂b1
  not_written_yet(x, W1, grad_l1, grad_W1, grad_b1);

  // ∂loss/∂x: it went into layer 1 and past it
  not_written_yet(grad_l1, W1, grad_r1, grad_x);
}

// l = x W + b for one flower: x is 1 × inputs, W is inputs × outputs, b and l are 1 × outputs.
// 一朵花的 l = x W + b。
Matrix fully_connected(const Matrix& x, const Matrix& W, const Matrix& b) {
  not_written_yet(x, W, b);  // l_j = Σ over k of x_k W_kj, + b_j; in place of this line
}

// h = max(l, 0), number by number.
// ReLU，逐一計算。
Matrix relu(const Matrix& l) {
  not_written_yet(l);
}

// The numbers of a, then those of b, in one row.
// 並聯：先 a 的數字，再 b 的數字，成為一列。
Matrix concat(const Matrix& a, const Matrix& b) {
  not_written_yet(a, b);
}

// o_j = exp(l_j) / Σ over k of exp(l_k).
// softmax 的機率。
Matrix softmax(const Matrix& l) {
  not_written_yet(l);
}

void predict_by_hand(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  const Matrix fc1_out = steps.add("fc1_out", fully_connected(x, PARAMS("fc1_weight"), PARAMS("fc1_bias")));
  const Matrix relu1_out = steps.add("relu1_out", relu(fc1_out));

  // Layers 2 to 6: fc2_out, relu2_out, concat2_out, and so on; then fc7_out and softmax_out.
  not_written_yet(relu1_out, concat, softmax);
}

}  // namespace exercise

int main(int argc, char** argv) {
  using namespace handgrad;
  lesson4::DenseMlp network({4, 3, 4, 5, 6, 7, 8, 3});
  return run_exercises("Lesson 4",
                       {backward_exercise("concat_backward", check_concat, exercise::concat_backward),
                        backward_exercise("dense_mlp_backward", check_dense_mlp, exercise::dense_mlp_backward),
                        prediction_exercise("dense6", network, lecture_sgd(), exercise::predict_by_hand)},
                       argc, argv);
}
