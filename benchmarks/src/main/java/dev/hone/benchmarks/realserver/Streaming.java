package dev.hone.benchmarks.realserver;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a model tells while its reply arrives, beside what it says in one piece. */
final class Streaming {
  private static final int MAX_TOKENS = 60;

  private final LanguageModel model;

  private record Question(String question) {}

  private record Answer(String answer) {}

  Streaming(LanguageModel model) {
    this.model = model;
  }

  /** Holds if the reply came in pieces and equals the one in one piece, usage included. */
  Check equalsTheWhole(String what) {
    LmRequest request = WireChecks.asking("Name three rivers of Europe.", 40).build();
    LmResponse expected = model.call(request);
    AtomicInteger pieces = new AtomicInteger();
    StringBuilder told = new StringBuilder();
    LmResponse found =
        model.call(
            request,
            new ReplyListener() {
              @Override
              public void onText(String delta) {
                pieces.incrementAndGet();
                told.append(delta);
              }
            });
    boolean same =
        found.text().equals(expected.text())
            && told.toString().equals(expected.text())
            && found.stopReason() == expected.stopReason()
            && found.usage().completionTokens() == expected.usage().completionTokens();
    String seen =
        "%d pieces, \"%s\", %s, %s; in one piece %s"
            .formatted(
                pieces.get(),
                same ? "the same text" : found.text() + "\" rather than \"" + expected.text(),
                found.stopReason(),
                found.usage(),
                expected.usage());
    return new Check(what, same && pieces.get() > 1, seen);
  }

  /** Holds if a field is told before the program ends, and the output is that of a plain run. */
  Check tellsFields(String what) {
    Predict<Question, Answer> program =
        Predict.of(Question.class, Answer.class, "Answer in two sentences.");
    Question question = new Question("Why is the sky blue?");
    Answer plain = context().call(() -> program.run(question));
    AtomicInteger stretches = new AtomicInteger();
    AtomicLong firstNanos = new AtomicLong();
    long start = System.nanoTime();
    Answer streamed =
        context()
            .call(
                () ->
                    ProgramStream.of(program)
                        .run(
                            question,
                            part -> {
                              if (part instanceof StreamPart.FieldText) {
                                stretches.incrementAndGet();
                                firstNanos.compareAndSet(0, System.nanoTime() - start);
                              }
                            }));
    double all = (System.nanoTime() - start) / 1e9;
    double first = firstNanos.get() / 1e9;
    String seen =
        String.format(
            Locale.ROOT,
            "%d stretches, the first after %.2f s of %.2f s; \"%s\"",
            stretches.get(),
            first,
            all,
            streamed.answer());
    return new Check(what, streamed.equals(plain) && stretches.get() > 1 && first < all, seen);
  }

  /** With a pipeline of its own, so that nothing comes from the cache of another run. */
  private Context context() {
    return Context.builder()
        .lm(LmPipeline.builder(model).build())
        .options(LmOptions.builder().temperature(0).maxTokens(MAX_TOKENS).build())
        .build();
  }
}
