package dev.hone.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.cli.Hone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteWriterTest {
  @TempDir private Path checkout;
  @TempDir private Path target;

  private void file(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String written(String name) throws IOException {
    return Files.readString(target.resolve(name));
  }

  @Test
  void followsLinksThroughTheCheckout() throws IOException {
    file("README.md", "# Start\n\n[a guide](docs/guides/a.md#the-part), [code](src/A.java)");
    file(
        "docs/guides/a.md",
        "# A guide\n\n## The part\n\n[back](../../README.md) [folder](../../src)");
    file("src/A.java", "class A { List<String> b; }");

    new SiteWriter(checkout, target).write();

    assertThat(written("index.html"))
        .contains("href=\"docs/guides/a.html#the-part\"", "href=\"src/A.java.html\"");
    assertThat(written("docs/guides/a.html"))
        .contains("href=\"../../index.html\"", "<h2 id=\"the-part\">");
    assertThat(written("src/A.java.html")).contains("List&lt;String&gt; b");
    assertThat(written("src.html")).contains("href=\"src/A.java.html\"");
    assertThat(written("search.js")).contains("docs/guides/a.html#the-part");
  }

  @Test
  void tellsEveryLinkThatLeadsNowhere() throws IOException {
    file("README.md", "# Start\n\n[gone](docs/gone.md) [heading](docs/a.md#nothing)");
    file("docs/a.md", "# A\n\n## Something");

    assertThatThrownBy(() -> new SiteWriter(checkout, target).write())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("docs/gone.md", "#nothing in docs/a.md", "Maybe");
  }

  @Test
  void showsEveryCommandsHelp() throws IOException {
    file("README.md", "# Start");
    file("docs/a.md", "# A");

    new SiteWriter(checkout, target).write();

    String commands = written("docs/reference/commands.html");
    for (String name : Hone.commandLine().getSubcommands().keySet()) {
      assertThat(commands).contains("<h2 id=\"hone-" + name + "\">");
    }
  }
}
