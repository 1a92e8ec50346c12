package dev.hone.project.yaml;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a file, so that one attempt tells all of it. Not thread-safe. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them, in the order of the file. */
  public List<Problem> all() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /** Adds one at a value. */
  public void add(YamlNode at, String path, String expected, String fix) {
    add(at, path, at.inWords(), expected, fix);
  }

  /** Adds one at a value, of which something is found. */
  public void add(YamlNode at, String path, String what, String expected, String fix) {
    found.add(new Problem(at.line(), at.column(), path, what, expected, fix));
  }

  /** Adds one at a key. */
  public void add(YamlNode.Entry at, String path, String what, String expected, String fix) {
    found.add(new Problem(at.line(), at.column(), path, what, expected, fix));
  }

  /** Adds one that is of no line. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Adds that a word is none of some names, with the nearest. */
  public void addUnknown(YamlNode at, String path, String word, Collection<String> names) {
    String all = shown(names);
    String fix =
        NearestName.of(word, names)
            .map(near -> "write " + near)
            .orElseGet(() -> "write " + names.iterator().next());
    found.add(new Problem(at.line(), at.column(), path, "\"" + word + "\"", "one of " + all, fix));
  }

  static String shown(Collection<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }

  /** What a part of Hone makes; what it refuses is a problem at a value. */
  public <T> @Nullable T made(YamlNode at, String path, Supplier<T> make) {
    try {
      return make.get();
    } catch (InvalidInputException e) {
      refused(at, path, e);
      return null;
    }
  }

  /** Adds what a part of Hone refused. Its message has its own "Maybe". */
  public void refused(YamlNode at, String path, HoneException error) {
    String message = String.valueOf(error.getMessage());
    int maybe = message.indexOf(" Maybe ");
    String problem = (maybe < 0 ? message : message.substring(0, maybe)).strip();
    String fix = maybe < 0 ? "change it" : message.substring(maybe + 7).strip();
    found.add(
        new Problem(
            at.line(),
            at.column(),
            path,
            at.inWords(),
            "another value, since: " + withoutStop(problem),
            withoutStop(fix)));
  }

  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
