package dev.hone.cli.run;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;

/** The answers of the model in tests of commands: by a word in the input. */
public final class WordModel {
  private WordModel() {}

  /** The answer to a request. */
  public static String answer(LmRequest request) {
    String last = request.messages().get(request.messages().size() - 1).text();
    if (last.contains("refused")) {
      throw new LmException.ContentRefused("The content is refused", null);
    } else if (last.contains("unpayable")) {
      throw new LmException.BudgetExhausted("The budget is spent");
    } else if (last.contains("slow")) {
      throw new LmException.TimedOut("No reply in time", null);
    } else if (request.messages().stream().anyMatch(m -> m.text().contains("garbled"))) {
      return "no idea";
    }
    String topic = last.contains("invoice") || last.contains("Rechnung") ? "BILLING" : "SHIPPING";
    return "[[ ## topic ## ]]\n%s\n\n[[ ## sure ## ]]\n0.5\n\n[[ ## completed ## ]]"
        .formatted(topic);
  }
}
