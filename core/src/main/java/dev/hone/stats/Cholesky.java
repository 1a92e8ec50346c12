package dev.hone.stats;

/**
 * Cholesky's decomposition A = L Lᵀ of a symmetric, positive definite matrix. Not thread-safe while
 * the matrix that it was made of is changed.
 *
 * <p>Cost for n rows: n³/6 multiplications to factor, n² to solve. Pivots under 1e-12, where
 * rounding has made the matrix singular, are raised to it.
 */
public final class Cholesky {
  private static final double LEAST_PIVOT = 1e-12;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factors a matrix in place.
   *
   * @param matrix rows of which the part up to the diagonal is read; it is overwritten by L, and
   *     belongs to the result
   */
  public static Cholesky ofLowerTriangle(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      for (int j = 0; j < i; j++) {
        row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
      }
      row[i] = Math.sqrt(Math.max(row[i] - dot(row, row, i), LEAST_PIVOT));
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

  /** The number of rows. */
  public int size() {
    return lower.length;
  }

  /** Solves L x = b in place. */
  public void solveLower(double[] b) {
    for (int i = 0; i < b.length; i++) {
      b[i] = (b[i] - dot(lower[i], b, i)) / lower[i][i];
    }
  }

  /**
   * Solves Lᵀ x = b in place. Of independent standard normals it makes a draw of the normal whose
   * covariance is the inverse of A.
   */
  public void solveUpper(double[] b) {
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
  public void solve(double[] b) {
    solveLower(b);
    solveUpper(b);
  }

  /** The quadratic form vᵀ A⁻¹ v; v is overwritten. */
  public double inverseForm(double[] v) {
    solveLower(v);
    return dot(v, v, v.length);
  }
}
