package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  @Test
  void factorsAMatrixDoneByHand() {
    double[][] factor = Cholesky.factor(new double[][] {{4, 2, 2}, {2, 10, 4}, {2, 4, 6}});

    assertThat(factor[0]).containsExactly(2, 0, 0);
    assertThat(factor[1]).containsExactly(1, 3, 0);
    assertThat(factor[2]).containsExactly(1, 1, 2);
  }

  @Test
  void solvesRandomSystems() {
    for (int n = 1; n <= 40; n++) {
      double[][] a = positiveDefinite(n, new SplittableRandom(n));
      double[] b = new SplittableRandom(-n).doubles(n, -1, 1).toArray();

      double[] x = Cholesky.solve(Cholesky.factor(a), b);

      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += a[i][j] * x[j];
        }
        assertThat(sum).isCloseTo(b[i], within(1e-9));
      }
    }
  }

  @Test
  void solvesNothingFromNothing() {
    assertThat(Cholesky.solve(Cholesky.factor(new double[0][]), new double[0])).isEmpty();
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
