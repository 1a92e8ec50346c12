package dev.hone.benchmarks.adapter;

import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.signature.Desc;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record with a list of records, a map, what may be missing, and a long text of code and markup
 * that has what each format marks its own parts with.
 */
final class RecordTask {
  private static final List<String> FILES =
      List.of("Reader.java", "notes/guide.md", "page.html", "deploy.sh", "query.sql");

  /** Texts that need care in one format or another. */
  private static final List<String> PATCHES =
      List.of(
          "if (a < b && c > d) {\n    print(\"a is \\\"small\\\"\\n\");\n}",
          "<div class=\"box\">\n  <title>Tom & Jerry</title>\n  <br/>\n</div>",
          "## Setup ##\n\n```json\n{\"title\": \"x\", \"parts\": [1, 2]}\n```\n\nRun it.",
          "sed -i 's/\\\\/\\//g' C:\\temp\\new.txt && echo \"${HOME}\"",
          "SELECT \"name\" FROM t WHERE note = 'it''s' AND x <> 3; -- [[ done ]]",
          "<patch>\n- old line\n+ new line with </patch> in it\n</patch>",
          "[[ ## title ## ]]\nA heading that looks like one of the format.",
          "def f(x):\n\treturn {'k': [x, None], 't': True}  # 100%");

  private static final List<String> OWNERS = List.of("Ines", "", "Omar", "Mei");

  private record Report(@Desc("what was done, in words") String report) {}

  private record Part(String file, List<String> tags, Optional<Integer> line) {}

  private record Change(
      @Desc("a short title") String title,
      @Desc("who does it") Optional<String> owner,
      List<Part> parts,
      @Desc("lines changed, by kind") Map<String, Integer> counts,
      @Desc("the new text, exactly as reported") String patch) {}

  private RecordTask() {}

  static AdapterTask task(int most) {
    List<Example<ObjectNode, ObjectNode>> examples = new ArrayList<>();
    for (int i = 0; i < AdapterTask.withDemos(most); i++) {
      examples.add(example(i));
    }
    return AdapterTask.of(
        "record",
        Signature.of(Report.class, Change.class, "Take the change out of the report."),
        examples,
        AdapterTasks::sameFields,
        250);
  }

  private static Example<ObjectNode, ObjectNode> example(int i) {
    String owner = OWNERS.get(i % OWNERS.size());
    String file = FILES.get(i % FILES.size());
    String other = FILES.get((i + 2) % FILES.size());
    String patch = PATCHES.get(i % PATCHES.size());
    int line = 7 + 3 * i;
    ObjectNode gold = Json.object().put("title", "Change %d of %s".formatted(i + 1, file));
    if (owner.isEmpty()) {
      gold.putNull("owner");
    } else {
      gold.put("owner", owner);
    }
    ArrayNode parts = gold.putArray("parts");
    parts.add(part(file, List.of("fix", "urgent")).put("line", line));
    parts.add(part(other, List.of()).putNull("line"));
    gold.putObject("counts").put("added", 2 + i).put("removed", i % 3);
    gold.put("patch", patch);
    String report =
        """
        Change %d of %s%s. It touches %s at line %d, tagged fix and urgent, and %s as a whole, without tags. \
        %d lines were added, %d removed. The new text is:
        %s"""
            .formatted(
                i + 1,
                file,
                owner.isEmpty() ? ", which nobody owns" : ", owned by " + owner,
                file,
                line,
                other,
                2 + i,
                i % 3,
                patch);
    return Example.of(Json.object().put("report", report), gold);
  }

  private static ObjectNode part(String file, List<String> tags) {
    ObjectNode part = Json.object().put("file", file);
    ArrayNode array = part.putArray("tags");
    tags.forEach(array::add);
    return part;
  }
}
