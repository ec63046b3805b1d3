#include "src/checking/layer_checks.h"

#include <cmath>
#include <exception>
#include <functional>
#include <string>

#include "src/checking/numeric_gradient.h"
#include "src/matrix/gemm.h"
#include "src/training/adam.h"
#include "src/training/sgd.h"

namespace handgrad {

namespace {

constexpr Real step = 1e-5;

// The shapes of one case: a batch of n rows, x with p columns, a second input or an output with q.
struct Case {
  int n, p, q;
};
// The first is the most telling: its three sizes differ, so that a wrong factor or a transposition has a name.
constexpr Case cases[] = {{3, 4, 5}, {20, 10, 3}, {2, 3, 7}, {1, 5, 2}};

// A gradient that a backward function left behind, what it is the gradient of, and for the diagnosis the terms it is
// the sum of and what likely mistakes would make of it.
struct Gradient {
  Equation equation;
  const Matrix& yours;
  Matrix& input;
  std::function<Real()> loss;
  std::vector<Term> terms = {};
  std::vector<Alternative> mistakes = {};
  Real difference_step = step;
};

// Runs a backward function, then holds each of its gradients against the central difference.
void check_gradients(CheckReport& report, int n, const std::function<void()>& backward,
                     const std::vector<Gradient>& gradients) {
  std::string stopped;
  try {
    backward();
  } catch (const std::exception& error) {
    stopped = error.what();
  }
  for (const Gradient& g : gradients) {
    Matrix numeric;
    numeric_gradient(g.loss, g.input, g.difference_step, numeric);
    report.compare(g.equation, {g.yours, numeric, n, g.terms, g.mistakes, "", stopped});
  }
}

Equation equation(const std::string& group, const std::string& name, const std::string& section, const File& file,
                  const std::string& comment) {
  return {group, name, section, group + "_backward", file, comment};
}

// An element-by-element function of l with parameters fixed: relu, leaky_relu.
void check_activation(CheckReport& report, const Equation& grad_l_equation,
                      const std::function<void(const Matrix&, Matrix&)>& forward,
                      const std::function<void(const Matrix&, const Matrix&, Matrix&)>& backward) {
  for (const Case& c : cases) {
    Matrix l = random_matrix(c.n, c.p, 1), h, grad_l;
    l(0, 0) = Real(0.5);  // even in the smallest batch one unit is on and one is off
    l(0, 1) = Real(-0.5);
    const Matrix r = random_matrix(c.n, c.p, 2);
    const auto loss = [&] {
      forward(l, h);
      return weighted_sum(h, r);
    };
    Matrix where_on(c.n, c.p), where_off(c.n, c.p);
    for (int i = 0; i < c.n; ++i) {
      for (int j = 0; j < c.p; ++j) (l(i, j) > 0 ? where_on : where_off)(i, j) = r(i, j);
    }
    check_gradients(report, c.n, [&] { backward(l, r, grad_l); },
                    {{grad_l_equation,
                      grad_l,
                      l,
                      loss,
                      {},
                      {{"whether a unit is on is forgotten: yours is grad_h everywhere", r},
                       {"on and off are exchanged: yours is grad_h where l is not positive", where_off},
                       {"nothing passes a unit that is off: the slope is forgotten", where_on}}}});
  }
}

// The `width` columns of grad_r from every column but the right one.
std::vector<Alternative> wrong_splits(const Matrix& grad_r, int width, int right_column) {
  std::vector<Alternative> splits;
  for (int first = 0; first + width <= grad_r.cols; ++first) {
    if (first == right_column) continue;
    Matrix part(grad_r.rows, width);
    for (int i = 0; i < grad_r.rows; ++i) {
      for (int j = 0; j < width; ++j) part(i, j) = grad_r(i, first + j);
    }
    splits.push_back({"the split is shifted: yours begins at column " + std::to_string(first) +
                          " of grad_r, it should begin at column " + std::to_string(right_column),
                      part});
  }
  return splits;
}

}  // namespace

void check_log_loss(CheckReport& report, const File& file, decltype(&log_loss_backward) function) {
  for (const Case& c : cases) {
    // Small probabilities too, where the ε inside the logarithm can be told from none.
    Matrix o(c.n, c.p), grad_o;
    const Matrix sizes = random_matrix(c.n, c.p, 1), y = random_matrix(c.n, c.p, 2);
    for (int i = 0; i < c.n; ++i) {
      for (int j = 0; j < c.p; ++j) o(i, j) = std::abs(sizes(i, j)) * (j == 0 ? Real(1e-3) : 1);
    }
    check_gradients(report, c.n, [&] { function(o, y, grad_o); },
                    {{equation("log_loss", "grad_o", "2 (1)", file, "∂loss/∂o"),
                      grad_o,
                      o,
                      [&] { return log_loss_forward(o, y); },
                      {},
                      {},
                      2e-8}});
  }
}

void check_squared_loss(CheckReport& report, const File& file, decltype(&squared_loss_backward) function) {
  for (const Case& c : cases) {
    Matrix o = random_matrix(c.n, c.p, 1), grad_o;
    const Matrix y = random_matrix(c.n, c.p, 2);
    Matrix of_o(c.n, c.p), of_y(c.n, c.p);
    for (int k = 0; k < o.size(); ++k) {
      of_o[k] = 2 * o[k] / static_cast<Real>(o.size());
      of_y[k] = -2 * y[k] / static_cast<Real>(o.size());
    }
    check_gradients(report, c.n, [&] { function(o, y, grad_o); },
                    {{equation("squared_loss", "grad_o", "6 (1)", file, "∂loss/∂o"),
                      grad_o,
                      o,
                      [&] { return squared_loss_forward(o, y); },
                      {{"the term with o", of_o}, {"the term with y", of_y}}}});
  }
}

void check_softmax(CheckReport& report, const File& file, decltype(&softmax_backward) function) {
  for (const Case& c : cases) {
    Matrix l = random_matrix(c.n, c.p, 1), o, grad_l;
    const Matrix r = random_matrix(c.n, c.p, 2);
    const auto loss = [&] {
      softmax_forward(l, o);
      return weighted_sum(o, r);
    };
    loss();
    Matrix own(c.n, c.p), others(c.n, c.p);
    for (int i = 0; i < c.n; ++i) {
      for (int j = 0; j < c.p; ++j) {
        own(i, j) = o(i, j) * r(i, j);
        for (int k = 0; k < c.p; ++k) others(i, j) -= o(i, j) * r(i, k) * o(i, k);
      }
    }
    check_gradients(report, c.n, [&] { function(o, r, grad_l); },
                    {{equation("softmax", "grad_l", "2 (1)", file, "∂loss/∂l_j"),
                      grad_l,
                      l,
                      loss,
                      {{"the term o_j grad_o_j", own}, {"the sum over k, -o_j Σ grad_o_k o_k", others}}}});
  }
}

void check_fully_connected(CheckReport& report, const File& file, decltype(&fully_connected_backward) function) {
  for (const Case& c : cases) {
    Matrix x = random_matrix(c.n, c.p, 1), W = random_matrix(c.p, c.q, 2), b = random_matrix(1, c.q, 3), l;
    Matrix grad_W, grad_b, grad_x;
    const Matrix r = random_matrix(c.n, c.q, 4);
    const auto loss = [&] {
      fully_connected_forward(x, W, b, l);
      return weighted_sum(l, r);
    };
    check_gradients(report, c.n, [&] { function(x, W, r, grad_W, grad_b, grad_x); },
                    {{equation("fully_connected", "grad_W", "2 (1)", file, "∂loss/∂W"), grad_W, W, loss},
                     {equation("fully_connected", "grad_b", "2 (1)", file, "∂loss/∂b"), grad_b, b, loss},
                     {equation("fully_connected", "grad_x", "2 (1)", file, "∂loss/∂x"), grad_x, x, loss}});
  }
}

void check_relu(CheckReport& report, const File& file, decltype(&relu_backward) function) {
  check_activation(report, equation("relu", "grad_l", "2 (1)", file, "∂loss/∂l"), relu_forward, function);
}

void check_leaky_relu(CheckReport& report, const File& file, decltype(&leaky_relu_backward) function) {
  const Real slope = Real(0.25);
  check_activation(
      report, equation("leaky_relu", "grad_l", "5 (1)", file, "∂loss/∂l"),
      [&](const Matrix& l, Matrix& h) { leaky_relu_forward(l, slope, h); },
      [&](const Matrix& l, const Matrix& grad_h, Matrix& grad_l) { function(l, slope, grad_h, grad_l); });
}

void check_sigmoid(CheckReport& report, const File& file, decltype(&sigmoid_backward) function) {
  for (const Case& c : cases) {
    Matrix l = random_matrix(c.n, c.p, 1), h, grad_l;
    const Matrix r = random_matrix(c.n, c.p, 2);
    const auto loss = [&] {
      sigmoid_forward(l, h);
      return weighted_sum(h, r);
    };
    loss();
    const Matrix saved_h = h;
    Matrix without_1_h(c.n, c.p), without_h(c.n, c.p), of_l(c.n, c.p), twice(c.n, c.p);
    for (int k = 0; k < h.size(); ++k) {
      const Real again = 1 / (1 + std::exp(-h[k]));
      without_1_h[k] = r[k] * h[k];
      without_h[k] = r[k] * (1 - h[k]);
      of_l[k] = r[k] * l[k] * (1 - l[k]);
      twice[k] = r[k] * again * (1 - again);
    }
    check_gradients(report, c.n, [&] { function(saved_h, r, grad_l); },
                    {{equation("sigmoid", "grad_l", "6 (3)", file, "∂loss/∂l"),
                      grad_l,
                      l,
                      loss,
                      {},
                      {{"the factor 1 - h is forgotten: yours is grad_h h", without_1_h},
                       {"the factor h is forgotten: yours is grad_h (1 - h)", without_h},
                       {"the derivative is forgotten: yours is grad_h", r},
                       {"l stands where h should: yours is grad_h l (1 - l)", of_l},
                       {"the sigmoid is taken of h, which is one already", twice}}}});
  }
}

void check_batch_norm(CheckReport& report, const File& file, decltype(&batch_norm_backward) function) {
  for (const Case& c : cases) {
    Matrix x = random_matrix(c.n, c.p, 1), gamma = random_matrix(1, c.p, 2), beta = random_matrix(1, c.p, 3);
    for (int i = 0; i < c.n; ++i) {  // rows of alternating sign, so that every column varies, even of two rows
      for (int j = 0; j < c.p; ++j) x(i, j) = i % 2 == 0 ? std::abs(x(i, j)) : -std::abs(x(i, j));
    }
    const Matrix r = random_matrix(c.n, c.p, 4);
    Matrix mean, var, x_hat, y;
    const auto loss = [&] {
      batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
      return weighted_sum(y, r);
    };
    loss();

    // The intermediate gradients: the same loss, seen as a function of x_hat, of var, and of mean (through which var
    // moves too), with all else as it is.
    Matrix free_x_hat = x_hat, free_var = var, free_mean = mean;
    const auto loss_of_x_hat = [&] {
      Real sum = 0;
      for (int i = 0; i < c.n; ++i) {
        for (int j = 0; j < c.p; ++j) sum += (gamma(0, j) * free_x_hat(i, j) + beta(0, j)) * r(i, j);
      }
      return sum;
    };
    const auto loss_of_var = [&] {
      batch_norm_predict(x, gamma, beta, mean, free_var, y);
      return weighted_sum(y, r);
    };
    const auto loss_of_mean = [&] {
      Matrix moved_var(1, c.p);
      for (int i = 0; i < c.n; ++i) {
        for (int j = 0; j < c.p; ++j)
          moved_var(0, j) += (x(i, j) - free_mean(0, j)) * (x(i, j) - free_mean(0, j)) / c.n;
      }
      batch_norm_predict(x, gamma, beta, free_mean, moved_var, y);
      return weighted_sum(y, r);
    };

    // The three paths from x, for the diagnosis.
    Matrix direct(c.n, c.p), through_var(c.n, c.p), through_mean(c.n, c.p);
    Matrix grad_var_sum(1, c.p), grad_mean_sum(1, c.p), with_x(1, c.p);
    for (int i = 0; i < c.n; ++i) {
      for (int j = 0; j < c.p; ++j) {
        const Real deviation = std::sqrt(var(0, j) + batch_norm_epsilon);
        direct(i, j) = r(i, j) * gamma(0, j) / deviation;
        grad_mean_sum(0, j) -= direct(i, j);
        grad_var_sum(0, j) -= direct(i, j) * (x(i, j) - mean(0, j)) / (2 * deviation * deviation);
      }
    }
    for (int i = 0; i < c.n; ++i) {
      for (int j = 0; j < c.p; ++j) {
        with_x(0, j) += r(i, j) * x(i, j);
        through_var(i, j) = grad_var_sum(0, j) * 2 * (x(i, j) - mean(0, j)) / c.n;
        through_mean(i, j) = grad_mean_sum(0, j) / c.n;
      }
    }

    const std::string group = "batch_norm", section = "2 (4)";
    const Matrix saved_mean = mean, saved_var = var, saved_x_hat = x_hat;
    Matrix grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x;
    check_gradients(
        report, c.n,
        [&] {
          function(x, gamma, saved_mean, saved_var, saved_x_hat, r, grad_beta, grad_gamma, grad_x_hat, grad_var,
                   grad_mean, grad_x);
        },
        {{equation(group, "grad_beta", section, file, "∂loss/∂β"), grad_beta, beta, loss},
         {equation(group, "grad_gamma", section, file, "∂loss/∂γ"),
          grad_gamma,
          gamma,
          loss,
          {},
          {{"x stands in place of x_hat", with_x}}},
         {equation(group, "grad_x_hat", section, file, "∂loss/∂x_hat"),
          grad_x_hat,
          free_x_hat,
          loss_of_x_hat,
          {},
          {{"γ is forgotten: yours is grad_y", r}}},
         {equation(group, "grad_var", section, file, "∂loss/∂σ²"), grad_var, free_var, loss_of_var, {}, {}, 1e-6},
         {equation(group, "grad_mean", section, file, "∂loss/∂mean"), grad_mean, free_mean, loss_of_mean},
         {equation(group, "grad_x", section, file, "∂loss/∂x ="),
          grad_x,
          x,
          loss,
          {{"the direct path, grad_x_hat / sqrt(σ² + ε)", direct},
           {"the path through the variance, grad_var 2/n (x - mean)", through_var},
           {"the path through the mean, grad_mean 1/n", through_mean}}}});
  }
}

void check_residual(CheckReport& report, const File& file, decltype(&residual_backward) function) {
  for (const Case& c : cases) {
    Matrix h = random_matrix(c.n, c.p, 1), x = random_matrix(c.n, c.p, 2), out, grad_h, grad_skip;
    const Matrix r = random_matrix(c.n, c.p, 3);
    const auto loss = [&] {
      residual_forward(h, x, out);
      return weighted_sum(out, r);
    };
    check_gradients(report, c.n, [&] { function(r, grad_h, grad_skip); },
                    {{equation("residual", "grad_h", "3 (4)", file, "∂loss/∂h"), grad_h, h, loss},
                     {equation("residual", "grad_skip", "3 (4)", file, "∂loss/∂x"), grad_skip, x, loss}});
  }
}

void check_residual_block(CheckReport& report, const File& file, ResidualBlockBackward function) {
  for (const Case& c : cases) {
    Matrix r_before = random_matrix(c.n, c.p, 1), W = random_matrix(c.p, c.p, 2), b = random_matrix(1, c.p, 3), l, h,
           out;
    const Matrix r = random_matrix(c.n, c.p, 4);
    const auto loss_from_l = [&] {
      relu_forward(l, h);
      residual_forward(h, r_before, out);
      return weighted_sum(out, r);
    };
    const auto loss = [&] {
      fully_connected_forward(r_before, W, b, l);
      return loss_from_l();
    };
    const auto loss_from_h = [&] {
      residual_forward(h, r_before, out);
      return weighted_sum(out, r);
    };
    loss();
    const Matrix saved_l = l;
    Matrix grad_h, grad_l, grad_W, grad_b, grad_r_before, through, unused_W, unused_b, masked;
    relu_backward(l, r, masked);
    fully_connected_backward(r_before, W, masked, unused_W, unused_b, through);
    const std::string group = "residual_block", section = "3 (4)";
    check_gradients(report, c.n,
                    [&] { function(r_before, W, saved_l, r, grad_h, grad_l, grad_W, grad_b, grad_r_before); },
                    {{equation(group, "grad_h", section, file, "∂loss/∂h"), grad_h, h, loss_from_h},
                     {equation(group, "grad_l", section, file, "∂loss/∂l"), grad_l, l, loss_from_l},
                     {equation(group, "grad_W", section, file, "∂loss/∂W"), grad_W, W, loss},
                     {equation(group, "grad_b", section, file, "∂loss/∂W"), grad_b, b, loss},
                     {equation(group, "grad_r_before", section, file, "∂loss/∂r_before"),
                      grad_r_before,
                      r_before,
                      loss,
                      {{"what comes back through the layer, grad_l Wᵀ", through}, {"the skip branch, grad_r", r}}}});
  }
}

void check_concat(CheckReport& report, const File& file, decltype(&concat_backward) function) {
  for (const Case& c : cases) {
    Matrix x = random_matrix(c.n, c.p, 1), h = random_matrix(c.n, c.q, 2), out, grad_x, grad_h;
    const Matrix r = random_matrix(c.n, c.p + c.q, 3);
    const auto loss = [&] {
      concat_forward(x, h, out);
      return weighted_sum(out, r);
    };
    check_gradients(
        report, c.n, [&] { function(x, h, r, grad_x, grad_h); },
        {{equation("concat", "grad_x", "4 (3)", file, "∂loss/∂x_ij"), grad_x, x, loss, {}, wrong_splits(r, c.p, 0)},
         {equation("concat", "grad_h", "4 (3)", file, "∂loss/∂h_ij"), grad_h, h, loss, {}, wrong_splits(r, c.q, c.p)}});
  }
}

}  // namespace handgrad
