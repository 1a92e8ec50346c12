package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Predict;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompt tokens that are too few for the characters sent say that the server cut the prompt. */
class PromptTruncationTest {
  private record In(String text) {}

  private record Out(int copy) {}

  private static final Predict<In, Out> PROGRAM = Predict.of(In.class, Out.class, "Count.");
  private static final Metric<In, Out> METRIC =
      (example, output, run) -> Score.of(example.input().text().length() % 2);

  private static int characters(LmRequest request) {
    return request.messages().stream().mapToInt(message -> message.text().length()).sum();
  }

  /** A model whose server reports tokens in its own way. */
  private static FakeModel reporting(Function<LmRequest, LmUsage> usage) {
    return FakeModel.responding(
        request -> LmResponse.of(FakeModel.chat("copy", "1"), usage.apply(request), "llama3.2"));
  }

  private static FakeModel tokens(ToLongFunction<LmRequest> tokens) {
    return reporting(request -> LmUsage.of(tokens.applyAsLong(request), 5));
  }

  private static Evaluation<In, Out> evaluate(FakeModel model, List<String> texts) {
    Dataset<In, Out> data =
        Dataset.of(texts.stream().map(text -> Example.of(new In(text), new Out(1))).toList());
    return Numbers.context(model, 2).call(() -> Evaluator.of(data, METRIC).evaluate(PROGRAM));
  }

  private static List<String> numbered(String text) {
    return IntStream.range(0, 6).mapToObj(i -> i + " " + text + " ".repeat(i % 2)).toList();
  }

  private static String prose(int characters) {
    return "The quick brown fox jumps over the lazy dog. ".repeat(characters / 45 + 1);
  }

  @ParameterizedTest
  @CsvSource({"256, 4000", "512, 12000", "1024, 20000", "2048, 40000", "4096, 100000"})
  void aServerThatKeepsOnlyItsWindowIsNoted(int window, int characters) {
    FakeModel cutting = tokens(request -> Math.min(window, characters(request) / 4));

    Evaluation<In, Out> evaluation = evaluate(cutting, numbered(prose(characters)));

    assertThat(evaluation.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("fake:model", "read only a part", "on 6 of 6 examples")
                    .contains("at most %,d prompt tokens".formatted(window))
                    .contains("Maybe raise the server's context window"));
    assertThat(evaluation.toString()).contains("read only");
    assertThat(evaluation.table()).contains("read only");
  }

  @Test
  void onlyTheLongPromptsOfARunAreCounted() {
    FakeModel cutting = tokens(request -> Math.min(512, characters(request) / 4));

    Evaluation<In, Out> evaluation =
        evaluate(cutting, List.of("a", prose(12_000), "b", prose(20_000), "c"));

    assertThat(evaluation.notes())
        .anySatisfy(note -> assertThat(note).contains("on 2 of 5 examples"));
  }

  @Test
  void aServerThatDropsWholeMessagesReportsTooFewAsWell() {
    FakeModel dropping =
        tokens(request -> characters(request) < 2_000 ? characters(request) / 4 : 490);

    assertThat(evaluate(dropping, numbered(prose(15_000))).notes())
        .anySatisfy(note -> assertThat(note).contains("read only a part"));
  }

  static Stream<Arguments> honest() {
    String chinese = "自然语言处理是人工智能的一个重要方向。";
    String base64 = "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ7IGNvbnNlY3RldHVyIGFkaXBpc2Npbmc";
    String code = "if (count >= limit) {\n                        return items.get(index);\n}\n";
    String words = "internationalization notwithstanding characteristically ";
    return Stream.of(
        Arguments.of(prose(20_000), perToken(4)),
        Arguments.of(words.repeat(400), perToken(9)),
        Arguments.of(chinese.repeat(500), perToken(1.5)),
        Arguments.of(base64.repeat(200), perToken(2.5)),
        Arguments.of(code.repeat(300), perToken(8)),
        Arguments.of(("x" + " ".repeat(127)).repeat(200), runsAsOne()),
        Arguments.of(("-".repeat(64) + "\n").repeat(300), runsAsOne()),
        Arguments.of(("\n".repeat(30) + "\t".repeat(30) + "end").repeat(300), runsAsOne()));
  }

  private static ToLongFunction<LmRequest> perToken(double characters) {
    return request -> (long) (characters(request) / characters);
  }

  /** A tokenizer that takes each run of one character as one token. */
  private static ToLongFunction<LmRequest> runsAsOne() {
    return request ->
        request.messages().stream()
            .mapToLong(m -> m.text().replaceAll("(\\s)\\s+|(.)\\2+", "$1$2").length() / 4)
            .sum();
  }

  @ParameterizedTest
  @MethodSource("honest")
  void noHonestTokenizerIsNoted(String text, ToLongFunction<LmRequest> tokenizer) {
    assertThat(evaluate(tokens(tokenizer), numbered(text)).notes())
        .noneMatch(note -> note.contains("read only"));
  }

  @Test
  void shortPromptsAreNotNoted() {
    assertThat(evaluate(tokens(request -> 1), numbered("short")).notes())
        .noneMatch(note -> note.contains("read only"));
  }

  @Test
  void aServerThatSaysNothingOfTokensIsNotNoted() {
    assertThat(evaluate(reporting(request -> LmUsage.UNKNOWN), numbered(prose(20_000))).notes())
        .noneMatch(note -> note.contains("read only"));
  }

  @Test
  void aServerThatReportsWhatItHadCachedApartIsNotNoted() {
    FakeModel caching =
        reporting(
            request ->
                LmUsage.builder()
                    .promptTokens(60)
                    .cachedPromptTokens(characters(request) / 4)
                    .completionTokens(5)
                    .build());

    assertThat(evaluate(caching, numbered(prose(20_000))).notes())
        .noneMatch(note -> note.contains("read only"));
  }

  @Test
  void aServerThatCountsOnlyWhatItHadNotCachedIsNotNoted() {
    boolean[] warm = {false};
    FakeModel caching =
        tokens(
            request -> {
              long tokens = warm[0] ? 60 : characters(request) / 4;
              warm[0] = true;
              return tokens;
            });

    assertThat(evaluate(caching, numbered(prose(20_000))).notes())
        .noneMatch(note -> note.contains("read only"));
  }
}
