package dev.hone.spark;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The number of executors, as far as the configuration says it. */
final class ExecutorCount {
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,.*");

  private ExecutorCount() {}

  static OptionalInt of(SparkSession spark) {
    return of(spark.sparkContext().getConf());
  }

  static OptionalInt of(SparkConf conf) {
    String master = conf.get("spark.master", "");
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return OptionalInt.of(Integer.parseInt(cluster.group(1)));
    }
    if (master.startsWith("local")) {
      return OptionalInt.of(1);
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return number(conf, "spark.dynamicAllocation.maxExecutors");
    }
    OptionalInt instances = number(conf, "spark.executor.instances");
    return instances.isPresent() ? instances : ofCores(conf);
  }

  /** A standalone cluster takes all of its cores by so many per executor. */
  private static OptionalInt ofCores(SparkConf conf) {
    OptionalInt all = number(conf, "spark.cores.max");
    OptionalInt each = number(conf, "spark.executor.cores");
    return all.isPresent() && each.isPresent()
        ? OptionalInt.of(Math.max(1, all.getAsInt() / each.getAsInt()))
        : OptionalInt.empty();
  }

  private static OptionalInt number(SparkConf conf, String key) {
    String text = conf.get(key, "");
    return text.matches("[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
