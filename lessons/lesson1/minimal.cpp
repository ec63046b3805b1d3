// Section 1 of the lecture on one page. Write last = 8, and nothing is learned: the gradient vanishes on its way down.

#include <cstdio>

#include "src/data/split.h"
#include "src/layers/fully_connected.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"
#include "src/program/errors.h"
#include "src/report/confusion.h"
#include "src/training/adam.h"
#include "src/training/batches.h"
#include "src/training/initialisation.h"

int main() {
  using namespace handgrad;
  return report_errors("minimal", [] {
    const Split iris = read_lecture_split();  // 100 flowers to train with, 50 to test with
    constexpr std::size_t last = 4;           // the layers are 1, 2, …, last; h[0] is the input x
    std::vector<Matrix> W(last + 1), b = W, l = W, h = W, grad_W = W, grad_b = W, grad_l = W, grad_h = W;
    for (std::size_t i = 1; i <= last; ++i) {
      W[i] = Matrix(i == 1 ? 4 : 10, i == last ? 3 : 10);
      b[i] = Matrix(1, W[i].cols);
    }
    std::vector<Matrix> m_W = W, v_W = W, m_b = b, v_b = b;           // what adam remembers, 0 at first
    initialise(fully_connected_parameters(W, b, grad_W, grad_b), 0);  // W between -0.01 and 0.01, from seed 0

    Matrix y, o, grad_o;
    const auto forward = [&] {
      for (std::size_t i = 1; i <= last; ++i) {
        fully_connected_forward(h[i - 1], W[i], b[i], l[i]);
        i < last ? relu_forward(l[i], h[i]) : softmax_forward(l[i], o);
      }
    };
    for (int epoch = 1, t = 1; epoch <= 100; ++epoch) {
      double loss = 0;
      for (int batch = 0; batch < 5; ++batch, ++t) {
        take_batch(iris.train, batch, 20, h[0], y);
        forward();
        loss += log_loss_forward(o, y) / 5;
        log_loss_backward(o, y, grad_o);
        for (std::size_t i = last; i >= 1; --i) {
          i < last ? relu_backward(l[i], grad_h[i], grad_l[i]) : softmax_backward(o, grad_o, grad_l[i]);
          fully_connected_backward(h[i - 1], W[i], grad_l[i], grad_W[i], grad_b[i], grad_h[i - 1]);
        }
        const double lr = adam_corrected_lr(t, 0.001, 0.9, 0.999);
        for (std::size_t i = 1; i <= last; ++i) {
          adam_update(grad_W[i], lr, 0.9, 0.999, 1e-8, m_W[i], v_W[i], W[i]);
          adam_update(grad_b[i], lr, 0.9, 0.999, 1e-8, m_b[i], v_b[i], b[i]);
        }
      }
      if (epoch % 10 == 0) std::printf("epoch = %d: loss = %.4f\n", epoch, loss);
    }
    h[0] = iris.test.x;
    forward();
    std::printf("%s", confusion_text(confusion_table(o, iris.test.y)).c_str());
    return 0;
  });
}
