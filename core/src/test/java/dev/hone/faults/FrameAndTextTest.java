package dev.hone.faults;

import static dev.hone.faults.OneReply.REFUSED;
import static dev.hone.faults.OneReply.chatReply;
import static dev.hone.faults.OneReply.json;
import static dev.hone.faults.OneReply.section;
import static dev.hone.faults.OneReply.show;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to a text is not taken for the frame of the reply, nor the frame for text. */
class FrameAndTextTest {
  record R(String report, String summary) {}

  enum Mood {
    FEAR,
    JOY
  }

  record T(String answer) {}

  record M(Mood mood) {}

  record L(List<String> tags) {
    public String toString() {
      return show(tags);
    }
  }

  @Test
  void headingsAndCodeBlocksStayInTheText() {
    String end = "\n\n[[ ## summary ## ]]\nShort.\n\n[[ ## completed ## ]]";
    chatReply(
        R.class,
        "[[ ## report ## ]]\n# Title\n\n## Summary ##\nAll is well.\n\n## Details ##\nmore" + end,
        "R[report=# Title\n\n## Summary ##\nAll is well.\n\n## Details ##\nmore, summary=Short.]");
    chatReply(
        R.class,
        "[[ ## report ## ]]\n# Title\n\n### Summary ###\nAll is well." + end,
        "R[report=# Title\n\n### Summary ###\nAll is well., summary=Short.]");
    chatReply(
        R.class,
        "[[ ## report ## ]]\n# Title\n\n## Text ##\nWhat came in." + end,
        "R[report=# Title\n\n## Text ##\nWhat came in., summary=Short.]");
    chatReply(
        R.class,
        "[[ ## report ## ]]\n# Tasks\n\n## Completed ##\n- one\n\n## Open ##\n- two" + end,
        "R[report=# Tasks\n\n## Completed ##\n- one\n\n## Open ##\n- two, summary=Short.]");
    chatReply(
        R.class,
        "[[ ## report ## ]]\nIt writes\n```\n[[ ## summary ## ]]\nx\n```\nand ends." + end,
        "R[report=It writes\n```\n[[ ## summary ## ]]\nx\n```\nand ends., summary=Short.]");
    chatReply(
        R.class,
        "[[ ## report ## ]]\n# Title\n\n## Summary\nAll is well." + end,
        "R[report=# Title\n\n## Summary\nAll is well., summary=Short.]");
  }

  @Test
  void aTokenThatEndsTheTurnEndsTheAnswer() {
    for (String end :
        List.of(
            "<|im_end|>",
            "<|eot_id|>",
            "</s>",
            "<end_of_turn>",
            "<|endoftext|>",
            "<|end_of_text|>",
            "<｜end▁of▁sentence｜>"))
      chatReply(T.class, "[[ ## answer ## ]]\nParis" + end, "T[answer=Paris]");
    chatReply(
        T.class,
        "[[ ## answer ## ]]\nParis<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nAnd Spain?",
        "T[answer=Paris]",
        REFUSED);
    chatReply(M.class, "[[ ## mood ## ]]\nFEAR<|im_end|>", "M[mood=FEAR]");
    chatReply(M.class, "FEAR</s>", "M[mood=FEAR]");
    chatReply(L.class, "[[ ## tags ## ]]\n- a\n- b<|im_end|>", "<a> + <b>");
    chatReply(T.class, section("answer", "Paris") + "<|im_end|>", "T[answer=Paris]");
    json(T.class, "{\"answer\": \"Paris\"}<|im_end|>", "T[answer=Paris]");
    chatReply(
        T.class,
        section("answer", "ChatML ends a turn with <|im_end|> always"),
        "T[answer=ChatML ends a turn with <|im_end|> always]");
  }
}
