package dev.hone.optimize.fake;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a model was sent, read back from the messages of the chat layout alone.
 *
 * @param instructions the text after "Your task:"
 * @param demos inputs and outputs of each demo, by field
 * @param inputs the values to work on, by field
 * @param outputs the fields that are asked for
 * @param options temperature and the like
 * @param text all messages
 */
public record SeenPrompt(
    String instructions,
    List<Map<String, String>> demos,
    Map<String, String> inputs,
    List<String> outputs,
    LmOptions options,
    String text) {
  private static final Pattern HEADER = Pattern.compile("(?m)^\\[\\[ ## (\\w+) ## ]]$");
  private static final Pattern MENTION = Pattern.compile("\\[\\[ ## (\\w+) ## ]]");
  private static final String TASK = "Your task:\n";
  private static final String ASK = "\n\nAnswer with the section";

  /** Reads a request. */
  public static SeenPrompt of(LmRequest request) {
    List<LmMessage> messages = request.messages();
    String system = messages.get(0).text();
    List<Map<String, String>> demos = new ArrayList<>();
    for (int i = 1; i + 1 < messages.size(); i += 2) {
      Map<String, String> demo = new LinkedHashMap<>(sections(messages.get(i).text()));
      demo.putAll(sections(messages.get(i + 1).text()));
      demos.add(demo);
    }
    String last = messages.get(messages.size() - 1).text();
    List<String> outputs =
        MENTION
            .matcher(last.substring(last.lastIndexOf(ASK) + 1))
            .results()
            .map(result -> result.group(1))
            .filter(name -> !name.equals("completed"))
            .toList();
    return new SeenPrompt(
        system.substring(system.indexOf(TASK) + TASK.length()),
        List.copyOf(demos),
        sections(last),
        outputs,
        request.options(),
        messages.stream().map(LmMessage::text).collect(Collectors.joining("\n----\n")));
  }

  private static Map<String, String> sections(String message) {
    int ask = message.lastIndexOf(ASK);
    String text = ask < 0 ? message : message.substring(0, ask);
    Matcher matcher = HEADER.matcher(text);
    List<MatchResult> headers = matcher.results().toList();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      int end = i + 1 < headers.size() ? headers.get(i + 1).start() : text.length();
      values.put(headers.get(i).group(1), text.substring(headers.get(i).end(), end).strip());
    }
    values.remove("completed");
    return values;
  }

  /** The value of an input; empty if it was not given. */
  public String input(String field) {
    return inputs.getOrDefault(field, "");
  }

  /** Whether a field is asked for. */
  public boolean asksFor(String field) {
    return outputs.contains(field);
  }
}
