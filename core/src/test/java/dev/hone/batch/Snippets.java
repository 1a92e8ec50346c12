package dev.hone.batch;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import java.util.stream.IntStream;

/** The task of the tests of batches: the length of a text. */
final class Snippets {
  record Snippet(String text) {}

  record Length(int chars, String note) {}

  static final Predict<Snippet, Length> PROGRAM =
      Predict.of(Snippet.class, Length.class, "Count the characters.");

  private Snippets() {}

  static Dataset<Snippet, Length> of(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.<Snippet, Length>unlabelled(new Snippet("text " + i)))
            .toList());
  }

  static String asked(LmRequest request) {
    String last = FakeModel.last(request);
    return last.replaceAll("(?s).*\\[\\[ ## text ## \\]\\]\\n(.*?)\\n\\nAnswer with.*", "$1");
  }

  /** Answers texts; refuses what says so, gives nothing readable or throws for others. */
  static FakeModel model() {
    return FakeModel.answering(
        request -> {
          String text = asked(request);
          if (text.contains("refused")) {
            throw new LmException.ContentRefused("The content is refused", null);
          } else if (text.contains("down")) {
            throw new LmException.Unavailable("The provider is down", null, null);
          } else if (request.messages().stream().anyMatch(m -> m.text().contains("garbled"))) {
            return "no idea";
          }
          return FakeModel.chat(
              "chars", String.valueOf(text.length()), "note", "a \"note\", on " + text);
        });
  }

  static Context context(LanguageModel model, int inFlight) {
    return FakeModel.uncached(model, inFlight);
  }
}
