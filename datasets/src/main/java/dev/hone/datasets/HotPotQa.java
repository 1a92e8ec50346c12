package dev.hone.datasets;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetBuilder;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.metric.Metric;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * HotPotQA: questions whose answer needs two passages of Wikipedia. Read in its own form (an array
 * of objects with {@code _id}, {@code question}, {@code answer}, {@code type}, {@code level},
 * {@code supporting_facts} as {@code [title, sentence]} and {@code context} as {@code [title,
 * [sentences]]}) and in that of the hub ({@code id}, and lists of titles beside lists of
 * sentences), as an array, as an object per line, or as an export of the viewer.
 *
 * <p>The question is the input and the answer the label; the rest is carried along in one form:
 * {@link #passages}, {@link #goldTitles}, and the extras {@code id}, {@code type}, {@code level}
 * and {@code supporting_facts}. For a part of it, and the hard ones only, as other libraries do:
 * {@code HotPotQa.read(file).filter(HotPotQa::isHard).shuffled(2024).first(500)}. Metrics: {@link
 * Metric#answerExactMatch}, {@link Metric#f1} and {@link #answerPassageMatch}.
 *
 * <p>Source: Yang et al., HotpotQA (2018).
 */
public final class HotPotQa {
  private HotPotQa() {}

  /**
   * The input.
   *
   * @param question the question
   */
  public record Question(String question) {}

  /**
   * The input with its passages.
   *
   * @param question the question
   * @param context the passages, each as {@code Title | its sentences}
   */
  public record ContextQuestion(String question, List<String> context) {}

  /**
   * The label.
   *
   * @param answer a short text, or {@code yes} or {@code no}
   */
  public record Answer(String answer) {}

  /**
   * A passage of an example's context.
   *
   * @param title the title of its page
   * @param sentences its sentences
   */
  public record Passage(String title, List<String> sentences) {
    /** Copies the sentences. */
    public Passage {
      sentences = List.copyOf(sentences);
    }

    /** {@code Title | its sentences}, on one line. */
    public String text() {
      List<String> parts = sentences.stream().map(String::strip).toList();
      return title + " | " + String.join(" ", parts);
    }
  }

  /** Reads a file; see {@link #read(Source)}. */
  public static Dataset<Question, Answer> read(Path file) {
    return read(Source.of(file));
  }

  /**
   * Reads a file, which is held in memory: the published training file takes some 2 GB of heap.
   *
   * @throws dev.hone.InvalidInputException if it cannot be read, or, as a {@link
   *     dev.hone.data.DatasetFormatException} with line and field, if a row has no question or
   *     answer (those of the test file are not published), or a context of another form
   */
  public static Dataset<Question, Answer> read(Source source) {
    DatasetBuilder<Question, Answer> builder =
        DatasetBuilder.of(
            source.name(), Signature.of(Question.class, Answer.class, ""), Columns.asNamed());
    JsonRows.addAll(source, builder, HotPotQaRow::read);
    return builder.build();
  }

  /** Reads a file as {@link #read(Source)}, with the passages in the input. */
  public static Dataset<ContextQuestion, Answer> readWithContext(Path file) {
    return readWithContext(Source.of(file));
  }

  /** Reads a file as {@link #read(Source)}, with the passages in the input. */
  public static Dataset<ContextQuestion, Answer> readWithContext(Source source) {
    return read(source).map(HotPotQa::withContext);
  }

  private static Example<ContextQuestion, Answer> withContext(Example<Question, Answer> example) {
    List<String> texts = passages(example).stream().map(Passage::text).toList();
    Example<ContextQuestion, Answer> changed =
        Example.of(new ContextQuestion(example.input().question(), texts), example.expected());
    for (var extra : example.extras().entrySet()) {
      changed = changed.withExtra(extra.getKey(), extra.getValue());
    }
    return changed;
  }

  /** Whether an example is of the level {@code hard}, as all of those to evaluate on are. */
  public static boolean isHard(Example<?, ?> example) {
    return example.extra("level").filter("hard"::equals).isPresent();
  }

  /** The passages of an example's context, in order; empty if its file has none. */
  public static List<Passage> passages(Example<?, ?> example) {
    List<Passage> passages = new ArrayList<>();
    JsonNode context = example.extras().get(HotPotQaRow.CONTEXT);
    if (context != null) {
      for (JsonNode passage : context) {
        List<String> sentences = new ArrayList<>();
        passage.path(HotPotQaRow.SENTENCES).forEach(text -> sentences.add(text.asString()));
        passages.add(new Passage(passage.path(HotPotQaRow.TITLE).asString(), sentences));
      }
    }
    return passages;
  }

  /** The titles of the passages that the answer needs, each once; empty if its file has none. */
  public static List<String> goldTitles(Example<?, ?> example) {
    List<String> titles = new ArrayList<>();
    JsonNode facts = example.extras().get(HotPotQaRow.FACTS);
    if (facts != null) {
      facts.forEach(fact -> titles.add(fact.path(HotPotQaRow.TITLE).asString()));
    }
    return titles.stream().distinct().toList();
  }

  /**
   * 1 if any of the passages that an output has, such as those it retrieved, contains the label's
   * answer, else 0: the answer's words side by side, case and forms of accents aside. A blank
   * answer is in none.
   *
   * @param answer the answer of a label
   * @param passages the passages of an output
   */
  public static <I, O> Metric<I, O> answerPassageMatch(
      Function<? super O, String> answer,
      Function<? super O, ? extends Collection<String>> passages) {
    return new PassageMetric<>(answer, passages);
  }
}
