package dev.hone.optimize.propose;

import dev.hone.InvalidInputException;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sees to it that a proposal loses nothing that the given instruction must not lose. A fixed part
 * or an allowed value that it lost is put back. A placeholder cannot be, since nobody but a writer
 * knows its place: such a proposal is to be made again, and no candidate. Not thread-safe.
 */
public final class InstructionGuard {
  /**
   * As templates of prompts have it: {@code {name}}, <code>{{name}}</code>, <code>${name}</code>.
   */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$?\\{\\{?\\s*[A-Za-z_][\\w.]*\\s*}?}");

  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private final Predictors predictors;
  private final List<String> keep;
  private final Map<String, Integer> putBack = new LinkedHashMap<>();
  private final Map<String, Integer> lost = new LinkedHashMap<>();

  /**
   * A guard for one run.
   *
   * @param keep the texts that are fixed
   * @throws InvalidInputException if one of them is in the instruction of no predictor
   */
  public InstructionGuard(Predictors predictors, List<String> keep) {
    this.predictors = predictors;
    this.keep = List.copyOf(keep);
    requireFound(predictors, keep);
  }

  /**
   * Checks that there is something to fix.
   *
   * @throws InvalidInputException if a text is in the instruction of no predictor
   */
  public static void requireFound(Predictors predictors, List<String> keep) {
    for (String text : keep) {
      if (predictors.byName().values().stream().noneMatch(p -> given(p).contains(text))) {
        throw InvalidInputException.of(
            "keep has \"%s\", which stands in the instruction of none of the predictors %s"
                .formatted(Excerpt.counted(text, 100), predictors.byName().keySet()),
            "write it into the instruction, in the same words, white space included");
      }
    }
  }

  private static String given(Predict<?, ?> predict) {
    return predict.state().instructions();
  }

  /** The fixed parts of a predictor's instruction, a line each; empty if there are none. */
  static String fixedParts(Predict<?, ?> predict, List<String> keep) {
    return keep.stream().filter(given(predict)::contains).collect(Collectors.joining("\n"));
  }

  /**
   * A proposal, checked.
   *
   * @param text the proposal with what was put back
   * @param lost the placeholders that it lost; if there are any, it must be no candidate
   */
  public record Checked(String text, List<String> lost) {}

  /** Checks a proposal for a predictor; a blank one stays as it is. */
  public Checked check(String predictor, String proposal) {
    Predict<?, ?> predict = predictors.byName().get(predictor);
    if (predict == null || proposal.isBlank()) {
      return new Checked(proposal, List.of());
    }
    String given = given(predict);
    String fixed = withFixedParts(given, proposal);
    List<String> missing =
        placeholders(given).stream().filter(name -> !fixed.contains(name)).toList();
    if (!missing.isEmpty()) {
      count(lost, predictor);
      return new Checked(proposal, missing);
    }
    String text = withLabels(predict, fixed);
    if (!text.equals(proposal)) {
      count(putBack, predictor);
    }
    return new Checked(text, List.of());
  }

  private static void count(Map<String, Integer> counts, String predictor) {
    counts.merge(predictor, 1, Integer::sum);
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Adds a line for each field of which an allowed value is missing that the instruction names. */
  private static String withLabels(Predict<?, ?> predict, String proposal) {
    StringBuilder text = new StringBuilder(proposal);
    for (Field field : predict.signature().outputFields()) {
      List<String> named =
          labels(field.type()).stream().filter(label -> names(given(predict), label, 0)).toList();
      if (!named.stream().allMatch(label -> names(proposal, label, ANY_CASE))) {
        text.append("\n%s: %s".formatted(field.name(), String.join(", ", named)));
      }
    }
    return text.toString();
  }

  private static boolean names(String text, String label, int flags) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(label) + "(?![\\w-])", flags)
        .matcher(text)
        .find();
  }

  private static List<String> labels(FieldType type) {
    if (type instanceof FieldType.Choice choice) {
      return choice.names();
    } else if (type instanceof FieldType.ListOf list) {
      return labels(list.item());
    } else if (type instanceof FieldType.SetOf set) {
      return labels(set.item());
    } else if (type instanceof FieldType.OptionalOf optional) {
      return labels(optional.type());
    }
    return List.of();
  }

  /** The fixed parts in the order in which they stand in the instruction. */
  private String withFixedParts(String given, String proposal) {
    List<String> parts =
        keep.stream()
            .filter(given::contains)
            .sorted((a, b) -> Integer.compare(given.indexOf(a), given.indexOf(b)))
            .toList();
    String text = proposal;
    for (String part : parts) {
      if (!text.contains(part)) {
        boolean begins = given.strip().startsWith(part.strip());
        text = begins ? part + "\n" + text : text + "\n" + part;
      }
    }
    return text;
  }

  /** What was put back, lost and dropped, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    putBack.forEach(
        (predictor, count) ->
            notes.add(
                "%s for %s lost a fixed part or an allowed value that the given instruction names; it was put back"
                    .formatted(Plural.of(count, "proposal"), predictor)));
    lost.forEach(
        (predictor, count) ->
            notes.add(
                "%s for %s lost a placeholder of the given instruction (%s), and %s dropped and asked for again"
                    .formatted(
                        Plural.of(count, "proposal"),
                        predictor,
                        String.join(", ", placeholdersOf(predictor)),
                        count == 1 ? "was" : "were")));
    return notes;
  }

  private Set<String> placeholdersOf(String predictor) {
    Predict<?, ?> predict = predictors.byName().get(predictor);
    return predict == null ? Set.of() : placeholders(given(predict));
  }
}
