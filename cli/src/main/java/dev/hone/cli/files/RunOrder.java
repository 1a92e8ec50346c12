package dev.hone.cli.files;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which runs began, by the names of their folders: {@code DATE-TIME}, with {@code -2},
 * {@code -10} and so on for those of the same second. Other names count as texts.
 */
public final class RunOrder implements Comparator<Path> {
  private static final Pattern NAME = Pattern.compile("([0-9]{8}-[0-9]{6})(?:-([0-9]+))?");

  /** Makes the order; it has no state. */
  public RunOrder() {}

  @Override
  public int compare(Path one, Path other) {
    int byTime = time(one).compareTo(time(other));
    return byTime != 0 ? byTime : number(one).compareTo(number(other));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static String time(Path folder) {
    Matcher matcher = NAME.matcher(name(folder));
    return matcher.matches() ? matcher.group(1) : name(folder);
  }

  private static BigInteger number(Path folder) {
    Matcher matcher = NAME.matcher(name(folder));
    return matcher.matches() && matcher.group(2) != null
        ? new BigInteger(matcher.group(2))
        : BigInteger.ONE;
  }
}
