package dev.hone.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.modelserver.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evaluation may cost: asked before, limited, and not paid for twice. */
class EvaluateCostTest {
  @TempDir private Path folder;
  private final ModelServer server = ModelServer.start(new Grader());

  /** Answers as a judge does. */
  private record Grader() implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      String text = "[[ ## reasons ## ]]\nfine\n\n[[ ## grade ## ]]\n5\n\n[[ ## completed ## ]]";
      return LmResponse.of(text, LmUsage.NONE, "grader");
    }

    @Override
    public String id() {
      return "grader";
    }
  }

  @BeforeEach
  void writeProject() throws IOException {
    StringBuilder rows = new StringBuilder("text,topic\n");
    for (int i = 0; i < 20; i++) {
      rows.append("The invoice %d is wrong,BILLING%n".formatted(i));
    }
    Files.writeString(folder.resolve("tickets.csv"), rows);
    Files.writeString(
        folder.resolve("tickets.hone.yaml"),
        """
        data: tickets.csv
        task: Route the ticket.
        inputs:  { text: what the customer wrote }
        outputs:
          topic: { one of: [BILLING, LOGIN] }
        model: embedded
        metric:
          judge: { criteria: The topic fits., model: "openai-compatible:judge@%s" }
        split: { test: 50%%, seed: 1 }
        """
            .formatted(server.baseUrl()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Ran evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", folder.resolve("tickets").toString()));
    arguments.addAll(List.of(more));
    return Ran.hone(arguments.toArray(String[]::new));
  }

  @Test
  void asksBeforeItPaysAlsoForTheJudge() {
    Ran ran = evaluate();

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("At least 10 calls", "openai-compatible:judge", "nothing was done", "--yes");
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void paysForTheJudgeOnce() {
    String cache = folder.resolve("replies.db").toString();

    Ran first = evaluate("--yes", "--cache", cache);
    int paid = server.calls().size();
    Ran second = evaluate("--yes", "--cache", cache);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("as-written", "score 100.0", "10 learning rows");
    assertThat(paid).isEqualTo(10);
    assertThat(second.out()).contains("score 100.0");
    assertThat(server.calls()).hasSize(paid);
  }

  @Test
  void endsAtTheLimitThatIsGiven() {
    Ran ran = evaluate("--yes", "--no-cache", "--max-calls", "7");

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(4);
    assertThat(server.calls()).hasSizeLessThanOrEqualTo(7);
  }
}
