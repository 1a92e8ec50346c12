package dev.hone.benchmarks.corpus;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.ModerationTask.Policy;
import dev.hone.examples.ModerationTask.Snippet;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;

/** The tables of the embedded model: the moderation data, asked for one policy and for all. */
final class EmbeddedTables {
  private final BuiltInTask<Snippet, ModerationTask.Verdict> task = ModerationTask.typed();

  /** Whether a snippet is of the rare class. */
  enum Kind {
    /** It threatens, urges or praises violence. */
    VIOLENCE,
    /** It does not. */
    FINE
  }

  /** The answer to a question of two classes. */
  record Label(Kind kind) {}

  /** Both tables under a number of seeds. */
  List<String> lines(int seeds) {
    List<String> lines = new ArrayList<>(List.of("", "## Embedded model: is it violence?"));
    lines.addAll(oneOfTen().lines(seeds));
    lines.addAll(List.of("", "## Embedded model: which policies are violated?"));
    lines.addAll(policies().lines(seeds));
    return lines;
  }

  /**
   * One class of about a tenth against the rest. The class was chosen of six by the gain under TPE
   * on held-out parts of the training examples, before anything was run on the test examples.
   */
  private EmbeddedTable<Snippet, Label> oneOfTen() {
    return new EmbeddedTable<>(
        "The moderation data as two classes, VIOLENCE (11%) and the rest. The class was chosen of six (SPAM,"
            + " SEXUAL, HATE, VIOLENCE, SELF_HARM and the support data's COMPLAINT) by the gain under TPE on"
            + " held-out parts of the training examples, before anything was run on the test examples.",
        Label::kind,
        Predict.of(Signature.of(Snippet.class, Label.class, "Classify the text.")),
        labelled(task.trainset()),
        labelled(task.testset()));
  }

  private static Dataset<Snippet, Label> labelled(
      Dataset<Snippet, ModerationTask.Verdict> snippets) {
    return snippets.map(
        each ->
            Example.of(
                each.input(),
                new Label(
                    each.expected().violations().contains(Policy.VIOLENCE)
                        ? Kind.VIOLENCE
                        : Kind.FINE)));
  }

  private EmbeddedTable<Snippet, ModerationTask.Verdict> policies() {
    return new EmbeddedTable<>(
        "The moderation data with all of seven policies, each of which is violated by about one in ten."
            + " Accuracy is whether the set of violations is exactly right; macro-F1 is over the policies.",
        ModerationTask.Verdict::violations,
        task.program(),
        task.trainset(),
        task.testset());
  }
}
