package dev.hone.project.metric;

import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlNode;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ready metrics by name, for the fields of a signature. */
final class ReadyMetrics {
  /** Those of single rows, which can be in a mean. */
  static final List<String> OF_ROWS =
      List.of("exact", "answer exact match", "f1", "jaccard", "contains", "within");

  /** Those of sets of rows, which stand alone or in constraints. */
  static final List<String> OF_SETS =
      List.of("macro f1", "f1", "precision", "recall", "matthews", "kappa");

  static final List<String> NAMES =
      List.of(
          "exact",
          "answer exact match",
          "f1",
          "jaccard",
          "contains",
          "within",
          "macro f1",
          "precision",
          "recall",
          "matthews",
          "kappa");

  private final Signature<ObjectNode, ObjectNode> signature;
  private final Problems problems;

  ReadyMetrics(Signature<ObjectNode, ObjectNode> signature, Problems problems) {
    this.signature = signature;
    this.problems = problems;
  }

  /** The metric of a term; empty, with a problem, where there is none. */
  Optional<Metric<ObjectNode, ObjectNode>> of(MetricTerm term, YamlNode at, String path) {
    if (!NAMES.contains(term.name())) {
      problems.addUnknown(at, path, term.name(), NAMES);
      return Optional.empty();
    }
    Optional<Field> field = field(term, at, path);
    if (field.isEmpty()) {
      return Optional.empty();
    }
    boolean ofClass = List.of("precision", "recall").contains(term.name());
    if (ofClass && term.argument().isEmpty()) {
      problems.add(
          at,
          path,
          "\"%s\" without a value".formatted(term.name()),
          "the value of %s that it is of".formatted(term.field()),
          "write %s(%s, %s)"
              .formatted(
                  term.name(),
                  term.field(),
                  values(field.get()).stream().findFirst().orElse("YES")));
      return Optional.empty();
    }
    boolean set = isOfSets(term);
    if (set && term.argument().isPresent() && !isValue(term, field.get(), at, path)) {
      return Optional.empty();
    }
    return set ? Optional.of(ofSets(term)) : ofRows(term, field.get(), at, path);
  }

  /** Whether a term is a metric of sets. */
  static boolean isOfSets(MetricTerm term) {
    return OF_SETS.contains(term.name())
        && (!term.name().equals("f1") || term.argument().isPresent());
  }

  private Optional<Field> field(MetricTerm term, YamlNode at, String path) {
    Optional<Field> field =
        signature.outputFields().stream()
            .filter(one -> one.name().equals(term.field()))
            .findFirst();
    if (field.isEmpty()) {
      List<String> names = signature.outputFields().stream().map(Field::name).toList();
      String fix =
          NearestName.of(term.field(), names)
              .map(near -> "write %s(%s)".formatted(term.name(), near))
              .orElse("write %s(%s)".formatted(term.name(), names.get(0)));
      problems.add(
          at,
          path,
          "the field \"%s\"".formatted(term.field()),
          "one of the outputs " + String.join(", ", names),
          fix);
    }
    return field;
  }

  private boolean isValue(MetricTerm term, Field field, YamlNode at, String path) {
    List<String> values = values(field);
    String value = term.argument().orElse("");
    if (values.isEmpty() || values.contains(value)) {
      return true;
    }
    String near = NearestName.of(value, values).orElse(values.get(0));
    problems.add(
        at,
        path,
        "the value \"%s\"".formatted(value),
        "one of the values of %s: %s".formatted(field.name(), String.join(", ", values)),
        "write %s(%s, %s)".formatted(term.name(), field.name(), near));
    return false;
  }

  /** The values of a choice, or of the items of a collection of choices. */
  private static List<String> values(Field field) {
    FieldType type = field.type().withoutOptional();
    FieldType item =
        type instanceof FieldType.ListOf list
            ? list.item()
            : type instanceof FieldType.SetOf set ? set.item() : type;
    return item instanceof FieldType.Choice choice
        ? choice.names()
        : item instanceof FieldType.Bool ? List.of("true", "false") : List.of();
  }

  private Metric<ObjectNode, ObjectNode> ofSets(MetricTerm term) {
    Function<ObjectNode, @Nullable Object> getter = output -> output.get(term.field());
    Object value = value(term);
    CorpusMetric<ObjectNode, ObjectNode> metric =
        switch (term.name()) {
          case "macro f1" -> CorpusMetric.macroF1(getter);
          case "f1" -> CorpusMetric.f1Of(getter, value);
          case "precision" -> CorpusMetric.precisionOf(getter, value);
          case "recall" -> CorpusMetric.recallOf(getter, value);
          case "matthews" -> CorpusMetric.matthews(getter);
          default -> CorpusMetric.kappa(getter);
        };
    return metric.named(metric.name() + " (" + term.field() + ")");
  }

  private static Object value(MetricTerm term) {
    String text = term.argument().orElse("");
    return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
  }

  private Optional<Metric<ObjectNode, ObjectNode>> ofRows(
      MetricTerm term, Field field, YamlNode at, String path) {
    String name = term.field();
    FieldType type = field.type().withoutOptional();
    boolean collection = type instanceof FieldType.ListOf || type instanceof FieldType.SetOf;
    if (term.name().equals("jaccard") && !collection) {
      return unfit(at, path, term, "a list or a set", "exact");
    }
    if (term.name().equals("within")) {
      return within(term, type, at, path);
    }
    if (term.argument().isPresent()) {
      problems.add(
          at,
          path,
          "\"%s\" after the field".formatted(term.argument().get()),
          "a field only",
          "write %s(%s)".formatted(term.name(), name));
      return Optional.empty();
    }
    return Optional.of(
        switch (term.name()) {
          case "exact" -> Metric.exact(name);
          case "answer exact match" -> Metric.answerExactMatch(name);
          case "f1" -> Metric.f1(name);
          case "jaccard" -> Metric.jaccard(name);
          default -> Metric.contains(name);
        });
  }

  private Optional<Metric<ObjectNode, ObjectNode>> within(
      MetricTerm term, FieldType type, YamlNode at, String path) {
    if (!(type instanceof FieldType.Whole || type instanceof FieldType.Decimal)) {
      return unfit(at, path, term, "a number", "exact");
    }
    OptionalDouble tolerance = number(term.argument().orElse(""));
    if (tolerance.isEmpty() || tolerance.getAsDouble() < 0) {
      problems.add(
          at,
          path,
          "\"%s\" as the distance".formatted(term.argument().orElse("")),
          "a number that is not negative",
          "write within(%s, 0.5)".formatted(term.field()));
      return Optional.empty();
    }
    double most = tolerance.getAsDouble();
    return Optional.of(
        Metric.ofBoolean(
            term.field(),
            (expected, actual) ->
                isNear(expected.path(term.field()), actual.path(term.field()), most)));
  }

  private static boolean isNear(JsonNode expected, JsonNode actual, double most) {
    return expected.isNumber() && actual.isNumber()
        ? Math.abs(expected.doubleValue() - actual.doubleValue()) <= most
        : isAbsent(expected) && isAbsent(actual);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  private Optional<Metric<ObjectNode, ObjectNode>> unfit(
      YamlNode at, String path, MetricTerm term, String expected, String other) {
    problems.add(
        at,
        path,
        "%s(%s), a field of another type".formatted(term.name(), term.field()),
        "a field that is " + expected,
        "write %s(%s)".formatted(other, term.field()));
    return Optional.empty();
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
