package dev.hone.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.retrieve.Passage;
import dev.hone.retrieve.Retriever;
import dev.hone.retrieve.Retriever.ScoredPassage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RetrieverToolTest {
  private static final Retriever ECHO =
      (query, k) ->
          query.equals("nothing")
              ? List.of()
              : List.of(
                  new ScoredPassage(new Passage("1", "about " + query), 0.5),
                  new ScoredPassage(new Passage("2", "at most " + k), 0.4));

  private final Tool tool = Tool.of("search", "Searches.", ECHO, 7);

  @Test
  void returnsThePassagesWithTheirIds() throws Exception {
    ToolOutput found = tool.call(Json.object().put("query", "eels"));

    assertThat(found).isEqualTo(ToolOutput.text("[1] about eels\n[2] at most 7"));
    assertThat(tool.call(Json.object().put("query", "nothing")))
        .isEqualTo(ToolOutput.text("Nothing was found."));
  }

  @Test
  void saysWhatItsArgumentIs() {
    assertThat(tool.spec().name()).isEqualTo("search");
    assertThat(tool.spec().parameters().path("required").toString()).isEqualTo("[\"query\"]");
  }

  @Test
  void tellsTheModelThatTheQueryIsMissing() {
    for (String arguments : List.of("{}", "{\"query\": null}", "{\"query\": \"\"}")) {
      assertThatThrownBy(() -> tool.call((ObjectNode) Json.parse(arguments)))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("query");
    }
  }

  @Test
  void wantsAtLeastOnePassage() {
    assertThatThrownBy(() -> Tool.of("search", "Searches.", ECHO, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("k (0)");
  }
}
