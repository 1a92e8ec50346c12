package dev.hone.project.data;

import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which rows are test rows.
 *
 * @param share the share of test rows, from 0 to below 1, where no number is said
 * @param count the number of test rows; 0 where a share is said
 * @param seed decides which
 * @param by how they are spread
 */
public record SplitSpec(double share, int count, long seed, By by) {
  /** The keys of a split. */
  public static final List<String> KEYS = List.of("test", "seed", "by");

  private static final Pattern TEST = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)\\s*(%?)");

  /** How test rows are spread. */
  public enum By {
    /** Each label has its share. */
    LABEL,
    /** At random. */
    RANDOM,
    /** By what is in the inputs, so that a new row moves no other, and equal ones stay together. */
    CONTENT;

    /** The word of a project file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** 40 % test rows, seed 1, by label. */
  public static SplitSpec defaults() {
    return new SplitSpec(0.4, 0, 1, By.LABEL);
  }

  /** Reads a split. */
  public static SplitSpec read(YamlNode node, String path, Problems problems) {
    YamlMap map = YamlMap.of(node, path, problems, KEYS);
    SplitSpec defaults = defaults();
    OptionalLong seed = map.whole("seed");
    By by = map.text("by").flatMap(word -> by(map, word)).orElse(defaults.by);
    Optional<String> test = map.text("test");
    SplitSpec rest = new SplitSpec(defaults.share, 0, seed.orElse(defaults.seed), by);
    return test.isEmpty() ? rest : test(map, test.get(), rest);
  }

  private static Optional<By> by(YamlMap map, String word) {
    Optional<By> by =
        Arrays.stream(By.values()).filter(one -> one.word().equalsIgnoreCase(word)).findFirst();
    if (by.isEmpty()) {
      problemOfWord(map, word);
    }
    return by;
  }

  private static void problemOfWord(YamlMap map, String word) {
    map.problems()
        .addUnknown(
            map.get("by").orElse(map.node()),
            map.path("by"),
            word,
            Arrays.stream(By.values()).map(By::word).toList());
  }

  private static SplitSpec test(YamlMap map, String text, SplitSpec rest) {
    Matcher matcher = TEST.matcher(text);
    double number = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
    boolean percent = matcher.matches() && !matcher.group(2).isEmpty();
    if (percent && number < 100) {
      return new SplitSpec(number / 100, 0, rest.seed, rest.by);
    } else if (!percent && number >= 0 && number < 1) {
      return new SplitSpec(number, 0, rest.seed, rest.by);
    } else if (!percent && number >= 1 && number == Math.rint(number)) {
      return new SplitSpec(0, (int) number, rest.seed, rest.by);
    }
    map.problem("test", "a share under 100%, or a number of rows", "write test: 40%");
    return rest;
  }

  /** Whether there are test rows at all. */
  public boolean hasTest() {
    return count > 0 || share > 0;
  }

  /**
   * Splits rows: the first part is to learn from.
   *
   * @throws dev.hone.InvalidInputException if a part would be empty
   */
  public Split<ObjectNode, ObjectNode> split(Dataset<ObjectNode, ObjectNode> rows) {
    double learn = count > 0 ? (rows.size() - count) / (double) rows.size() : 1 - share;
    if (count >= rows.size()) {
      throw dev.hone.InvalidInputException.of(
          "The split has %d test rows, and the data %d rows".formatted(count, rows.size()),
          "write test: 40%");
    }
    return switch (by) {
      case LABEL -> rows.stratifiedSplit(learn, seed);
      case RANDOM -> rows.split(learn, seed);
      case CONTENT -> rows.splitByHash(learn, seed);
    };
  }

  /** Such as {@code 40 % of the rows, by label, seed 1}. */
  public String inWords() {
    String size =
        count > 0
            ? count + " rows"
            : String.format(Locale.ROOT, "%s %% of the rows", plain(100 * share));
    return "%s, by %s, seed %d".formatted(size, by.word(), seed);
  }

  private static String plain(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }
}
