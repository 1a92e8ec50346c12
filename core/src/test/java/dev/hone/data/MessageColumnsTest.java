package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.signature.ChatHistory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageColumnsTest {
  private static final Image PIXEL = MessagePart.image(new byte[] {1, 2, 3}, "image/png");
  private static final Image LINK = MessagePart.image(URI.create("https://example.org/a.png"));

  @TempDir Path folder;

  private record Chat(ChatHistory before, String question) {}

  private record Photo(Image photo) {}

  private record Answer(String answer) {}

  private Dataset<Photo, Answer> photos(String photo) throws IOException {
    Path file = folder.resolve("photos.jsonl");
    Files.writeString(file, "{\"photo\": %s, \"answer\": \"cat\"}".formatted(photo));
    return Dataset.ofJsonl(file, Photo.class, Answer.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aHistoryIsReadAsItWasWritten(int exchanges) throws IOException {
    ChatHistory history = ChatHistory.empty();
    for (int i = 0; i < exchanges; i++) {
      history = history.plus(Map.of("question", "q" + i), Map.of("answer", "a" + i));
    }
    var all = Dataset.of(List.of(Example.of(new Chat(history, "And?"), new Answer("x"))));
    Path csv = folder.resolve("chats.csv");
    Path jsonl = folder.resolve("chats.jsonl");
    all.writeCsv(csv);
    all.writeJsonl(jsonl);

    assertThat(Dataset.ofCsv(csv, Chat.class, Answer.class)).isEqualTo(all);
    assertThat(Dataset.ofJsonl(jsonl, Chat.class, Answer.class)).isEqualTo(all);
  }

  @Test
  void imagesAreReadAsTheyWereWritten() throws IOException {
    var all =
        Dataset.of(
            List.of(
                Example.of(new Photo(PIXEL), new Answer("dot")),
                Example.of(new Photo(LINK), new Answer("a"))));
    Path csv = folder.resolve("photos.csv");
    all.writeCsv(csv);

    assertThat(Dataset.ofCsv(csv, Photo.class, Answer.class)).isEqualTo(all);
  }

  @Test
  void aUrlAsATextIsAnImage() throws IOException {
    Path csv = folder.resolve("links.csv");
    Files.writeString(csv, "photo,answer\nhttps://example.org/a.png,cat\n");

    assertThat(photos("\"https://example.org/a.png\"").get(0).input().photo()).isEqualTo(LINK);
    assertThat(Dataset.ofCsv(csv, Photo.class, Answer.class).get(0).input().photo())
        .isEqualTo(LINK);
    assertThat(photos("\"data:image/png;base64,AQID\"").get(0).input().photo()).isEqualTo(PIXEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cat.png\"",
        "\"file:///etc/passwd\"",
        "\"AQID\"",
        "\"data:image/png,AQID\"",
        "{\"bytes\": \"AQID\", \"path\": null}",
        "{\"mediaType\": \"image/png\"}",
        "{\"url\": 7}"
      })
  void whatIsNoImageIsRefusedWithWhatIsExpected(String photo) {
    assertThatThrownBy(() -> photos(photo))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("photo: An image ")
        .hasMessageContaining("expected")
        .hasMessageContaining("MessagePart.image")
        .hasMessageNotContaining("0 bytes");
  }

  @Test
  void aDataUrlThatIsNoBase64IsRefusedInShort() {
    String garbled = "\"data:image/png;base64,%s\"".formatted("*".repeat(10_000));

    assertThatThrownBy(() -> photos(garbled))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("neither a URL nor Base64")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }
}
