package dev.hone.spark.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The lines of a ledger as a data set. Each file is opened and read to its end, rather than by the
 * length that its folder says: that of a file which a killed executor has left open may be 0.
 */
public final class LedgerLines {
  private LedgerLines() {}

  /** The configuration of files in an executor, or in a driver that is one. */
  public static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }

  /** All lines that are there now. */
  public static Dataset<String> of(SparkSession spark, Ledger ledger) {
    String folder = ledger.uri().toString();
    List<String> files = ledger.lineFiles();
    return spark
        .createDataset(files, Encoders.STRING())
        .flatMap((FlatMapFunction<String, String>) file -> lines(folder, file), Encoders.STRING());
  }

  private static Iterator<String> lines(String folder, String file) {
    Stream<String> lines = Ledger.of(folder, configuration()).lines(file);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> lines.close());
    return lines.iterator();
  }
}
