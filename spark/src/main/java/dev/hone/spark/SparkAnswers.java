package dev.hone.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that were answered, each once, and what that cost. Immutable; but the files behind the rows
 * are replaced when the run is started again.
 *
 * @param rows the rows with the column {@value HoneSpark#COLUMN}, read from {@code FOLDER/answers}
 * @param report the counts and the cost
 */
public record SparkAnswers(Dataset<Row> rows, SparkReport report) {}
