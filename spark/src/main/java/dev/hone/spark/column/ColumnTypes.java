package dev.hone.spark.column;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Types of fields as types of columns. A whole number is a bigint (int up to 32 bits, decimal(38,0)
 * without limits), an exact number decimal(38,18), a date, a date with time and a moment are
 * Spark's; all else that is no list, map or record is a string.
 */
public final class ColumnTypes {
  private static final DataType UNLIMITED_WHOLE = DataTypes.createDecimalType(38, 0);
  private static final DataType EXACT = DataTypes.createDecimalType(38, 18);
  private static final int INT_BITS = 32;

  private ColumnTypes() {}

  /** The columns of fields, each of which may be null. */
  public static StructType struct(List<Field> fields) {
    List<StructField> columns = new ArrayList<>();
    for (Field field : fields) {
      columns.add(DataTypes.createStructField(field.name(), of(field.type()), true));
    }
    return DataTypes.createStructType(columns);
  }

  /** The type of the column that holds values of a type. */
  public static DataType of(FieldType type) {
    FieldType value = type.withoutOptional();
    if (value instanceof ListOf list) {
      return DataTypes.createArrayType(of(list.item()));
    } else if (value instanceof SetOf set) {
      return DataTypes.createArrayType(of(set.item()));
    } else if (value instanceof MapOf map) {
      return DataTypes.createMapType(DataTypes.StringType, of(map.value()));
    } else if (value instanceof ObjectOf object) {
      return struct(object.fields());
    } else if (value instanceof Whole whole) {
      return whole.bits() == 0
          ? UNLIMITED_WHOLE
          : whole.bits() <= INT_BITS ? DataTypes.IntegerType : DataTypes.LongType;
    } else if (value instanceof FieldType.Decimal decimal) {
      return decimal.exact() ? EXACT : DataTypes.DoubleType;
    } else if (value instanceof FieldType.Bool) {
      return DataTypes.BooleanType;
    }
    return value instanceof Temporal temporal ? of(temporal.kind()) : DataTypes.StringType;
  }

  private static DataType of(TemporalKind kind) {
    return switch (kind) {
      case DATE -> DataTypes.DateType;
      case DATE_TIME -> DataTypes.TimestampNTZType;
      case INSTANT -> DataTypes.TimestampType;
      default -> DataTypes.StringType;
    };
  }

  /**
   * Whether values of a column can be those of a type. A string can be everything, as in a file: it
   * is read as a cell is.
   */
  public static boolean fits(FieldType type, DataType column) {
    FieldType value = type.withoutOptional();
    if (column.equals(DataTypes.StringType) || column.equals(DataTypes.NullType)) {
      return true;
    } else if (value instanceof FieldType.Any) {
      return true;
    } else if (value instanceof Text
        || value instanceof Choice
        || value instanceof FieldType.Message) {
      return false;
    } else if (value instanceof ListOf list) {
      return column instanceof ArrayType array && fits(list.item(), array.elementType());
    } else if (value instanceof SetOf set) {
      return column instanceof ArrayType array && fits(set.item(), array.elementType());
    } else if (value instanceof MapOf map) {
      return column instanceof MapType found
          && found.keyType().equals(DataTypes.StringType)
          && fits(map.value(), found.valueType());
    } else if (value instanceof ObjectOf object) {
      return column instanceof StructType struct && fits(object.fields(), struct);
    } else if (value instanceof Whole) {
      return column instanceof IntegralType
          || (column instanceof DecimalType decimal && decimal.scale() == 0);
    } else if (value instanceof FieldType.Decimal) {
      return column instanceof NumericType;
    }
    return column.equals(of(value));
  }

  private static boolean fits(List<Field> fields, StructType struct) {
    List<String> names = Arrays.asList(struct.fieldNames());
    return fields.stream()
        .allMatch(
            field ->
                names.contains(field.name())
                    ? fits(field.type(), struct.apply(field.name()).dataType())
                    : field.type() instanceof OptionalOf);
  }
}
