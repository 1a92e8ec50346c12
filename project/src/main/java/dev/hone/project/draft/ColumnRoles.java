package dev.hone.project.draft;

import dev.hone.InvalidInputException;
import dev.hone.project.draft.ColumnUse.Role;
import dev.hone.text.NearestName;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which columns are inputs, which are outputs, and which are neither. */
final class ColumnRoles {
  private static final Pattern OUTPUTS =
      Pattern.compile(
          "(.*[ _-])?(label|labels|class|category|topic|intent|sentiment|answer|output|target|action"
              + "|severity|priority|rating|score|stars|grade|response|reply|summary|translation|gold"
              + "|expected|verdict|type|result|kategorie|thema|antwort)");
  private static final Pattern ASIDE =
      Pattern.compile(
          "(.*[ _-])?(date|datum|time|timestamp|created|updated|lang|language|country|source|channel"
              + "|author|user|customer|company|split|version|url|file|email|name)");

  private final List<ColumnProfile> profiles;
  private final String file;

  ColumnRoles(List<ColumnProfile> profiles, String file) {
    this.profiles = profiles;
    this.file = file;
  }

  List<ColumnUse> decide(DraftRequest request) {
    List<String> inputs = known(request.inputs(), "--input");
    List<String> outputs = known(request.outputs(), "--output");
    inputs.stream()
        .filter(outputs::contains)
        .findFirst()
        .ifPresent(
            both -> {
              throw InvalidInputException.of(
                  "The column \"%s\" is said to be input and output".formatted(both),
                  "name it once");
            });
    List<ColumnUse> uses = new ArrayList<>();
    for (ColumnProfile profile : profiles) {
      uses.add(use(profile, inputs, outputs));
    }
    return withLongestText(uses, inputs.isEmpty());
  }

  private List<String> known(List<String> names, String flag) {
    List<String> columns = profiles.stream().map(ColumnProfile::name).toList();
    List<String> found = new ArrayList<>();
    for (String name : names) {
      found.add(
          columns.stream()
              .filter(column -> column.equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      InvalidInputException.of(
                          "%s (%s) is no column of %s, which has %s"
                              .formatted(flag, name, file, String.join(", ", columns)),
                          NearestName.of(name, columns)
                              .map(near -> "use " + near)
                              .orElse("use one of those"))));
    }
    return found;
  }

  private ColumnUse use(ColumnProfile profile, List<String> inputs, List<String> outputs) {
    if (inputs.contains(profile.name())) {
      return new ColumnUse(profile, Role.INPUT, "");
    } else if (outputs.contains(profile.name())) {
      return new ColumnUse(profile, Role.OUTPUT, "");
    }
    Optional<String> useless = useless(profile);
    if (useless.isPresent()) {
      return new ColumnUse(profile, Role.IGNORED, useless.get());
    }
    if (outputs.isEmpty() && isOutput(profile)) {
      return new ColumnUse(profile, Role.OUTPUT, "");
    }
    boolean input = inputs.isEmpty() && isInput(profile);
    return input
        ? new ColumnUse(profile, Role.INPUT, "")
        : new ColumnUse(profile, Role.IGNORED, "--input adds it");
  }

  private static Optional<String> useless(ColumnProfile profile) {
    if (profile.name().isBlank()) {
      return Optional.of("no name");
    } else if (profile.counts().isEmpty()) {
      return Optional.of("empty");
    } else if (profile.isConstant()) {
      return Optional.of("constant");
    }
    return profile.isId() ? Optional.of("names rows") : Optional.empty();
  }

  private static boolean isOutput(ColumnProfile profile) {
    String name = profile.name().strip().toLowerCase(Locale.ROOT);
    return OUTPUTS.matcher(name).matches() || (profile.isLabel() && !ASIDE.matcher(name).matches());
  }

  /** Texts, numbers, lists and objects; choices are more likely labels of another task. */
  private static boolean isInput(ColumnProfile profile) {
    String name = profile.name().strip().toLowerCase(Locale.ROOT);
    FieldType type = profile.type().withoutOptional();
    boolean nested =
        type instanceof FieldType.ObjectOf
            || type instanceof FieldType.ListOf
            || type instanceof FieldType.SetOf;
    boolean single =
        type instanceof FieldType.Text
            || type instanceof FieldType.Whole
            || type instanceof FieldType.Decimal;
    return !OUTPUTS.matcher(name).matches()
        && (nested || (single && !ASIDE.matcher(name).matches()));
  }

  /** Where no column is an input, the longest text that is not needed as the only output is. */
  private static List<ColumnUse> withLongestText(List<ColumnUse> uses, boolean find) {
    boolean none = uses.stream().noneMatch(use -> use.role() == Role.INPUT);
    Optional<ColumnUse> longest =
        uses.stream()
            .filter(use -> useless(use.profile()).isEmpty() && use.profile().isText())
            .max(Comparator.comparingInt(use -> use.profile().longest()));
    if (!find || !none || longest.isEmpty()) {
      return uses;
    }
    return uses.stream()
        .map(use -> use.equals(longest.get()) ? new ColumnUse(use.profile(), Role.INPUT, "") : use)
        .toList();
  }
}
