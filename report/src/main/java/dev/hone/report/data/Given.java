package dev.hone.report.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a file gave, with something empty where it gave nothing. */
final class Given {
  private Given() {}

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
  }

  static <T> Map<String, T> map(@Nullable Map<String, T> values) {
    if (values == null) {
      return Map.of();
    }
    Map<String, T> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name != null && value != null) {
            copy.put(name, value);
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
