package dev.hone.price.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTokensTest {
  private static long of(MessagePart part) {
    return RequestTokens.of(LmRequest.of(LmMessage.user(part)));
  }

  /** Beyond what the same message costs with another part of one byte. */
  @ParameterizedTest
  @CsvSource({"audio/mpeg, 500", "video/mp4, 500", "application/pdf, 50"})
  void aFileCountsByItsBytesAndItsKind(String type, int bytesPerToken) {
    long smallest = of(MessagePart.file(new byte[1], type));

    assertThat(of(MessagePart.file(new byte[1_000_000], type)))
        .isBetween(1_000_000L / bytesPerToken, 1_000_000L / bytesPerToken + smallest);
    assertThat(of(MessagePart.file(URI.create("https://h/a"), type))).isGreaterThan(1_000);
  }
}
