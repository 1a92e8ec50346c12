package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SetOrderTest {
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      Signature.parse("q -> tags: set[enum[z|y|x]], words: set[str]?, steps: list[str]");

  private static ObjectNode read(String json) {
    return SIGNATURE.output().decode((ObjectNode) Json.parse(json.replace('\'', '"')));
  }

  @Test
  void setsThatAreEqualAreEqualJson() {
    ObjectNode one = read("{'tags': ['x', 'z', 'x'], 'words': ['b', 'a'], 'steps': ['2', '1']}");

    assertThat(one)
        .isEqualTo(read("{'tags': ['z', 'x'], 'words': ['a', 'b'], 'steps': ['2', '1']}"));
    assertThat(Json.write(one))
        .contains("\"z\",\"x\"")
        .contains("\"a\",\"b\"")
        .contains("\"2\",\"1\"");
  }

  @Test
  void leavesTheCallersJsonAsItIs() {
    ObjectNode mine = (ObjectNode) Json.parse("{\"tags\": [\"x\", \"z\"], \"steps\": []}");
    ObjectNode copy = mine.deepCopy();

    SIGNATURE.output().encode(mine);

    assertThat(mine).isEqualTo(copy);
  }
}
