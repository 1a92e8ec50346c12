package dev.hone.sparkjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.spark.SparkModel;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example, as a whole job; in the profile {@code spark}. */
@Tag("spark")
class ArchiveJobTest {
  @Test
  void sortsTheArchiveAndGoesOnWithItWithoutPayingAgain(@TempDir Path folder) {
    String out = folder.resolve("out").toUri().toString();
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    try {
      SparkModel model = SparkModel.named(ArchiveModelProvider.NAME);

      List<String> first = ArchiveJob.run(spark, model, out, 1_000);
      List<String> again = ArchiveJob.run(spark, model, out, 1_000);

      assertThat(first.get(0)).startsWith("macro-F1 1.000 [");
      assertThat(first.get(1)).startsWith("1000 rows, 0 failed; paid: ");
      assertThat(first.subList(2, first.size()))
          .containsExactly(
              "urgent: 200",
              "0: delivery",
              "1: billing",
              "2: billing",
              "3: delivery",
              "4: billing");
      assertThat(again.get(1)).isEqualTo(first.get(1));
    } finally {
      spark.stop();
    }
  }
}
