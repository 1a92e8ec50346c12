package dev.hone.spark.column;

import dev.hone.context.Spend;
import dev.hone.type.Field;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The struct that a row is answered with: {@code answer} with a column per output, or {@code
 * failure} with kind and message; and {@code usage}.
 */
public final class AnswerColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int USD_SCALE = 10;

  /** The kind of failure of an output that its column cannot hold. */
  public static final String OUT_OF_RANGE = "OutOfRange";

  private final boolean javaTime;

  private AnswerColumns(boolean javaTime) {
    this.javaTime = javaTime;
  }

  /** The columns of answers in a session, which says how dates are held. */
  public static AnswerColumns of(SparkSession spark) {
    return new AnswerColumns(
        Boolean.parseBoolean(spark.conf().get("spark.sql.datetime.java8API.enabled", "false")));
  }

  /** The struct's type. */
  public static StructType schema(List<Field> outputs) {
    StructType failure =
        new StructType().add("kind", DataTypes.StringType).add("message", DataTypes.StringType);
    DataType money = DataTypes.createDecimalType(20, USD_SCALE);
    StructType usage =
        new StructType()
            .add("calls", DataTypes.LongType)
            .add("cached", DataTypes.LongType)
            .add("prompt_tokens", DataTypes.LongType)
            .add("completion_tokens", DataTypes.LongType)
            .add("usd", money);
    return new StructType()
        .add("answer", ColumnTypes.struct(outputs))
        .add("failure", failure)
        .add("usage", usage);
  }

  /** The struct of an answer. */
  public Row row(RowAnswer answer, List<Field> outputs) {
    ObjectNode output = answer.output();
    Row usage = usage(answer.spend());
    if (output == null) {
      return struct(null, RowFactory.create(answer.kind(), answer.message()), usage);
    }
    try {
      return struct(ColumnValues.row(outputs, output, javaTime), null, usage);
    } catch (ArithmeticException e) {
      Row failure =
          RowFactory.create(OUT_OF_RANGE, "A number does not fit its column: " + e.getMessage());
      return struct(null, failure, usage);
    }
  }

  private static Row struct(@Nullable Row answer, @Nullable Row failure, Row usage) {
    return RowFactory.create(new @Nullable Object[] {answer, failure, usage});
  }

  private static Row usage(Spend spend) {
    BigDecimal usd =
        spend.money().usd().map(all -> all.setScale(USD_SCALE, RoundingMode.HALF_UP)).orElse(null);
    return RowFactory.create(
        new @Nullable Object[] {
          spend.lmCalls(),
          spend.cachedCalls(),
          spend.usage().promptTokens(),
          spend.usage().completionTokens(),
          usd
        });
  }
}
