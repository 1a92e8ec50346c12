package dev.hone.project.yaml;

import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A map of a YAML file by the keys that it may have; other keys are problems. Keys are found in any
 * case, with spaces, hyphens or underscores.
 */
public final class YamlMap {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d[\\d_]{0,17}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

  private final YamlNode node;
  private final String path;
  private final Problems problems;
  private final Map<String, YamlNode> values = new LinkedHashMap<>();

  private YamlMap(YamlNode node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /**
   * The map of a value; without any key, and with a problem, where it is none.
   *
   * @param path the keys that lead to it; empty for the whole file
   */
  public static YamlMap of(YamlNode node, String path, Problems problems, List<String> keys) {
    YamlMap map = new YamlMap(node, path, problems);
    if (!node.isMap()) {
      problems.add(
          node, path, "keys such as " + keys.get(0), "write it as %s: ...".formatted(keys.get(0)));
      return map;
    }
    node.entries().forEach(entry -> map.put(entry, keys));
    return map;
  }

  private void put(YamlNode.Entry entry, List<String> keys) {
    Optional<String> known =
        keys.stream()
            .filter(key -> FoldedName.of(key).equals(FoldedName.of(entry.key())))
            .findFirst();
    if (known.isPresent()) {
      values.put(known.get(), entry.value());
      return;
    }
    String fix =
        entry.key().matches("[^:]+:\\S.*")
            ? "put a space after the colon"
            : NearestName.of(entry.key(), keys).map(near -> "write " + near).orElse("remove it");
    problems.add(
        entry,
        path,
        "the key \"%s\"".formatted(entry.key()),
        (keys.size() == 1 ? "the key " : "one of the keys ") + Problems.shown(keys),
        fix);
  }

  /** The map itself, for problems of the whole of it. */
  public YamlNode node() {
    return node;
  }

  /** The keys that lead to it. */
  public String path() {
    return path;
  }

  /** The keys that lead to one of its values. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Collects what is wrong. */
  public Problems problems() {
    return problems;
  }

  /** Whether it has a key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value of a key, where there is any. */
  public Optional<YamlNode> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isNothing());
  }

  /** Adds a problem at the value of a key. */
  public void problem(String key, String expected, String fix) {
    problems.add(values.getOrDefault(key, node), path(key), expected, fix);
  }

  /** The text of a key. */
  public Optional<String> text(String key) {
    return get(key).flatMap(value -> text(value, path(key), problems));
  }

  /** The text of a value, which must be one. */
  public static Optional<String> text(YamlNode value, String path, Problems problems) {
    if (value.isScalar()) {
      return Optional.of(value.text().strip());
    }
    problems.add(value, path, "a text", "write it on one line, in quotes");
    return Optional.empty();
  }

  /** The texts of a key: a list of them, or a single one. */
  public List<String> texts(String key) {
    return get(key)
        .map(
            value ->
                (value.isList() ? value.items() : List.of(value))
                    .stream().flatMap(item -> text(item, path(key), problems).stream()).toList())
        .orElse(List.of());
  }

  /** The number of a key. */
  public OptionalDouble number(String key) {
    Optional<YamlNode> value = get(key);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.get().isScalar() && NUMBER.matcher(value.get().text().strip()).matches()) {
      return OptionalDouble.of(Double.parseDouble(value.get().text().strip()));
    }
    problem(key, "a number", "write it with a decimal point, such as 0.5");
    return OptionalDouble.empty();
  }

  /** The whole number of a key. */
  public OptionalLong whole(String key) {
    Optional<YamlNode> value = get(key);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get().isScalar() && WHOLE.matcher(value.get().text().strip()).matches()) {
      return OptionalLong.of(Long.parseLong(value.get().text().strip().replace("_", "")));
    }
    problem(key, "a whole number", "write digits only, such as 100");
    return OptionalLong.empty();
  }

  /** The whole number of a key that fits into 32 bits and is at least a bound. */
  public OptionalInt count(String key, int least) {
    OptionalLong value = whole(key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.getAsLong() < least || value.getAsLong() > Integer.MAX_VALUE) {
      problem(key, "a whole number of at least " + least, "write " + least);
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) value.getAsLong());
  }

  /** The truth value of a key. */
  public Optional<Boolean> truth(String key) {
    Optional<YamlNode> value = get(key);
    Optional<Boolean> truth = value.filter(YamlNode::isScalar).flatMap(one -> saysTrue(one.text()));
    if (value.isPresent() && truth.isEmpty()) {
      problem(key, "true or false", "write true");
    }
    return truth;
  }

  /** What a word says: true and yes, false and no; empty for any other. */
  public static Optional<Boolean> saysTrue(String word) {
    return switch (word.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
