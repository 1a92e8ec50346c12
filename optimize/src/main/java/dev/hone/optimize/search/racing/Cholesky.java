package dev.hone.optimize.search.racing;

/** The factor L of a positive definite matrix A = L Lᵀ. Cost n³/6 multiply-adds, n² doubles. */
final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Factors a matrix whose lower triangle is filled; the matrix is overwritten. */
  static Cholesky of(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      for (int j = 0; j < i; j++) {
        row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
      }
      double pivot = row[i] - dot(row, row, i);
      row[i] = Math.sqrt(Math.max(pivot, 1e-12));
    }
    return new Cholesky(matrix);
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Solves L x = b in place. */
  void forward(double[] b) {
    for (int i = 0; i < b.length; i++) {
      b[i] = (b[i] - dot(lower[i], b, i)) / lower[i][i];
    }
  }

  /** Solves Lᵀ x = b in place; of standard normals it makes draws with covariance A⁻¹. */
  void backward(double[] b) {
    for (int i = b.length - 1; i >= 0; i--) {
      double x = b[i] / lower[i][i];
      b[i] = x;
      double[] row = lower[i];
      for (int j = 0; j < i; j++) {
        b[j] -= row[j] * x;
      }
    }
  }

  /** Solves A x = b in place. */
  void solve(double[] b) {
    forward(b);
    backward(b);
  }

  /** The quadratic form vᵀ A⁻¹ v; v is overwritten. */
  double inverseForm(double[] v) {
    forward(v);
    return dot(v, v, v.length);
  }

  int size() {
    return lower.length;
  }
}
