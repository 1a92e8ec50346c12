package dev.hone.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a page: blocks of the language {@code console}, whose lines that begin with
 * {@code $} are commands, each followed by what it prints.
 *
 * @param text the page
 */
record Transcript(String text) {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```console\\R(.*?)^```$", Pattern.DOTALL);
  private static final Pattern FILES = Pattern.compile("<!-- files: (.*?) -->");
  private static final String PROMPT = "$ ";

  /**
   * A command.
   *
   * @param command what is typed; a line that ends with a backslash goes on in the next
   * @param output what it prints, as the page says
   */
  record Step(String command, String output) {}

  /** The files of the checkout that the commands find in their folder. */
  List<String> files() {
    Matcher files = FILES.matcher(text);
    return files.find() ? List.of(files.group(1).trim().split("[,\\s]+")) : List.of();
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      steps.addAll(steps(block.group(1)));
    }
    return steps;
  }

  private static List<Step> steps(String block) {
    List<Step> steps = new ArrayList<>();
    StringBuilder output = new StringBuilder();
    String command = "";
    boolean goesOn = false;
    for (String line : block.split("\n", -1)) {
      if (goesOn) {
        command += "\n" + line;
      } else if (line.startsWith(PROMPT)) {
        if (!command.isEmpty()) {
          steps.add(new Step(command, output.toString().stripTrailing()));
        }
        output.setLength(0);
        command = line.substring(PROMPT.length());
      } else {
        output.append(line).append('\n');
      }
      goesOn = (goesOn || line.startsWith(PROMPT)) && line.endsWith("\\");
    }
    if (!command.isEmpty()) {
      steps.add(new Step(command, output.toString().stripTrailing()));
    }
    return steps;
  }

  /** The page with other outputs. */
  Transcript withOutputs(List<Step> ran) {
    Matcher block = BLOCK.matcher(text);
    StringBuilder changed = new StringBuilder();
    int next = 0;
    while (block.find()) {
      StringBuilder lines = new StringBuilder();
      for (Step ignored : steps(block.group(1))) {
        Step step = ran.get(next++);
        lines.append(PROMPT).append(step.command()).append('\n');
        lines.append(step.output().isEmpty() ? "" : step.output() + "\n");
      }
      block.appendReplacement(changed, Matcher.quoteReplacement("```console\n" + lines + "```"));
    }
    block.appendTail(changed);
    return new Transcript(changed.toString());
  }
}
