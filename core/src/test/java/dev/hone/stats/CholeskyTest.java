package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  @Test
  void factorsAMatrixDoneByHand() {
    double[][] matrix = {{4, 2, 2}, {2, 10, 4}, {2, 4, 6}};

    Cholesky.ofLowerTriangle(matrix);

    assertThat(matrix[0][0]).isEqualTo(2);
    assertThat(Arrays.copyOf(matrix[1], 2)).containsExactly(1, 3);
    assertThat(matrix[2]).containsExactly(1, 1, 2);
  }

  @Test
  void solvesRandomSystems() {
    for (int n = 1; n <= 40; n++) {
      double[][] a = positiveDefinite(n, new SplittableRandom(n));
      double[] b = new SplittableRandom(-n).doubles(n, -1, 1).toArray();

      double[] x = b.clone();
      Cholesky.ofLowerTriangle(lowerTriangle(a)).solve(x);

      for (int i = 0; i < n; i++) {
        assertThat(product(a, x)[i]).isCloseTo(b[i], within(1e-9));
      }
    }
  }

  @Test
  void givesTheQuadraticFormOfTheInverse() {
    double[][] a = positiveDefinite(7, new SplittableRandom(3));
    double[] x = new SplittableRandom(4).doubles(7, -1, 1).toArray();

    Cholesky factor = Cholesky.ofLowerTriangle(lowerTriangle(a));

    double[] v = product(a, x);
    double expected = 0;
    for (int i = 0; i < 7; i++) {
      expected += x[i] * v[i];
    }
    assertThat(factor.size()).isEqualTo(7);
    assertThat(factor.inverseForm(v)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void drawsWithTheInverseAsCovariance() {
    double[][] a = {{2, 0.5}, {0.5, 1}};
    Cholesky factor = Cholesky.ofLowerTriangle(lowerTriangle(a));
    SplittableRandom random = new SplittableRandom(1);
    int draws = 100_000;

    double[] sums = new double[3];
    for (int i = 0; i < draws; i++) {
      double[] draw = {random.nextGaussian(), random.nextGaussian()};
      factor.solveUpper(draw);
      sums[0] += draw[0] * draw[0] / draws;
      sums[1] += draw[0] * draw[1] / draws;
      sums[2] += draw[1] * draw[1] / draws;
    }

    double determinant = 1.75;
    assertThat(sums[0]).isCloseTo(1 / determinant, within(0.01));
    assertThat(sums[1]).isCloseTo(-0.5 / determinant, within(0.01));
    assertThat(sums[2]).isCloseTo(2 / determinant, within(0.02));
  }

  @Test
  void staysFiniteOnASingularMatrix() {
    double[] x = {1, 1};

    Cholesky.ofLowerTriangle(new double[][] {{1}, {1, 1}}).solve(x);

    assertThat(x[0]).isFinite();
    assertThat(x[1]).isFinite();
  }

  @Test
  void solvesNothingFromNothing() {
    double[] nothing = {};

    Cholesky.ofLowerTriangle(new double[0][]).solve(nothing);

    assertThat(nothing).isEmpty();
  }

  private static double[][] lowerTriangle(double[][] a) {
    double[][] lower = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      lower[i] = Arrays.copyOf(a[i], i + 1);
    }
    return lower;
  }

  private static double[] product(double[][] a, double[] x) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        product[i] += a[i][j] * x[j];
      }
    }
    return product;
  }

  private static double[][] positiveDefinite(int n, SplittableRandom random) {
    double[][] half = new double[n][];
    for (int i = 0; i < n; i++) {
      half[i] = random.doubles(n, -1, 1).toArray();
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          a[i][j] += half[i][k] * half[j][k];
        }
      }
      a[i][i] += 0.1;
    }
    return a;
  }
}
