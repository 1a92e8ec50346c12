package dev.hone.sparkjobs;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.testkit.ScriptedModel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model {@code archive}: a script that reads the message it is shown and answers at once, so
 * that a job can be tried, and what Spark and Hone take of the time be measured, without a network.
 */
public final class ArchiveModelProvider implements ModelProvider {
  /** How the model is named. */
  public static final String NAME = "archive";

  private static final Pattern MESSAGE = Pattern.compile("message (\\d+) about (\\w+)");

  /** A provider as Java finds it. */
  public ArchiveModelProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String form() {
    return NAME;
  }

  @Override
  public String example(String given) {
    return NAME;
  }

  @Override
  public Optional<String> missing(ModelSpec spec) {
    return Optional.empty();
  }

  @Override
  public boolean isInProcess() {
    return true;
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return new Archivist();
  }

  /** The script. Keeps no request, unlike those of the testkit. */
  private static final class Archivist implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return ScriptedModel.reply(request, answer(request));
    }

    @Override
    public String id() {
      return NAME;
    }
  }

  /** What the script answers: a delivery for what is about parcels, urgent every fifth time. */
  static String answer(LmRequest request) {
    String last = request.messages().get(request.messages().size() - 1).text();
    Matcher found = MESSAGE.matcher(last);
    if (!found.find()) {
      return "There is no message.";
    }
    long number = Long.parseLong(found.group(1));
    return "[[ ## topic ## ]]\n%s\n\n[[ ## urgent ## ]]\n%s\n\n[[ ## completed ## ]]"
        .formatted(found.group(2).equals("parcels") ? "delivery" : "billing", number % 5 == 0);
  }
}
