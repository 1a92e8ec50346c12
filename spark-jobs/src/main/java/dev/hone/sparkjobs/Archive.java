package dev.hone.sparkjobs;

import dev.hone.compiled.Compiled;
import dev.hone.program.Predict;
import dev.hone.spark.SparkProgram;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import tools.jackson.databind.node.ObjectNode;

/** An archive of messages of any size, and the program that sorts them. */
final class Archive {
  private Archive() {}

  static Compiled<ObjectNode, ObjectNode> compiled() {
    return Compiled.of(Predict.of("text -> topic: enum[delivery|billing], urgent: bool"));
  }

  static SparkProgram program() {
    return SparkProgram.of(compiled());
  }

  /** Messages with id, text and the topic that is right. */
  static Dataset<Row> messages(SparkSession spark, long count, int partitions) {
    return spark
        .range(0, count, 1, partitions)
        .select(
            functions.col("id"),
            functions.expr(
                "concat('message ', id, ' about ', if(id % 3 = 0, 'parcels', 'invoices')) as text"),
            functions.expr("if(id % 3 = 0, 'delivery', 'billing') as topic"),
            functions.expr("id % 5 = 0 as urgent"));
  }
}
