package dev.hone.type.bean;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.hone.InvalidInputException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of Java as JSON and back, by their fields. Only values of the types that a method declares
 * are made; no JSON names a class.
 */
public final class BeanJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultVisibility(
              visibility ->
                  visibility
                      .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                      .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                      .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .build();

  private BeanJson() {}

  /** The JSON of a value. */
  public static JsonNode write(@Nullable Object value) {
    try {
      return MAPPER.valueToTree(value);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "A value of %s cannot be written as JSON: %s. Maybe give its class plain fields."
              .formatted(
                  value == null ? "null" : value.getClass().getName(), e.getOriginalMessage()),
          e);
    }
  }

  /**
   * The value of a declared type; null for JSON's null.
   *
   * @throws InvalidInputException if the class has no constructor that fits
   */
  public static @Nullable Object read(JsonNode node, Type type) {
    try {
      return MAPPER.treeToValue(node, MAPPER.constructType(type));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "A %s cannot be made of the answer: %s. Maybe give the class a constructor without parameters."
              .formatted(type.getTypeName(), e.getOriginalMessage()),
          e);
    }
  }
}
