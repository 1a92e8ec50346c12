package dev.hone.benchmarks.journal;

import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model whose replies are a function of the prompt, and that says each time that it is paid. It
 * knows the answers, and gives the right one the more often the longer its prompt is; as a judge it
 * is right in nine of ten. Thread-safe.
 */
final class PaidModel implements LanguageModel {
  private static final Pattern OUTPUT = Pattern.compile("- `(\\w+)` \\(([^\\n]*)\\)");
  private static final Pattern FIELD =
      Pattern.compile("\\[\\[ ## (\\w+) ## ]]\\n(.*?)\\n\\n", Pattern.DOTALL);

  private final String id;
  private final long latencyMillis;
  private final Map<String, String> answers;
  private final Consumer<String> paid;
  private final LmPipeline own;

  PaidModel(String id, long latencyMillis, Map<String, String> answers, Consumer<String> paid) {
    this.id = id;
    this.latencyMillis = latencyMillis;
    this.answers = answers;
    this.paid = paid;
    this.own = LmPipeline.builder(this).noCache().build();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public LmResponse call(LmRequest request) {
    try {
      Thread.sleep(latencyMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted", e);
    }
    paid.accept(own.requestKey(request));
    String prompt = request.toText();
    String text = reply(request, prompt);
    return LmResponse.of(text, LmUsage.of(prompt.length() / 4, text.length() / 4), id);
  }

  private String reply(LmRequest request, String prompt) {
    String system = request.messages().get(0).text();
    LmMessage last = request.messages().get(request.messages().size() - 1);
    String outputs =
        system.substring(system.indexOf("Output fields:"), system.indexOf("Every message"));
    int luck = Math.floorMod(Json.sha256(prompt).hashCode(), 100);
    StringBuilder text = new StringBuilder();
    Matcher output = OUTPUT.matcher(outputs);
    while (output.find()) {
      text.append("[[ ## ").append(output.group(1)).append(" ## ]]\n");
      text.append(value(output.group(2), last.text(), system, prompt, luck)).append("\n\n");
    }
    return text.append("[[ ## completed ## ]]").toString();
  }

  private String value(String type, String input, String system, String prompt, int luck) {
    String answer = answers.getOrDefault(field(input, "question"), "0");
    if (type.startsWith("true")) {
      boolean right = field(input, "answer").replaceAll("\\.0$", "").equals(answer);
      return String.valueOf(right == luck < 90);
    } else if (type.startsWith("number") || type.startsWith("whole")) {
      int skill = 30 + Math.min(40, prompt.length() / 150) + Math.floorMod(system.hashCode(), 25);
      return luck < skill ? answer : String.valueOf(luck);
    } else if (type.startsWith("one of")) {
      return type.substring("one of ".length()).split(" \\| ")[0].trim();
    }
    return "Word " + Json.sha256(prompt).substring(0, 12) + ", step by step.";
  }

  private static String field(String input, String name) {
    Matcher field = FIELD.matcher(input);
    while (field.find()) {
      if (field.group(1).equals(name)) {
        return field.group(2).trim();
      }
    }
    return "";
  }
}
