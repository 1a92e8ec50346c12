package dev.hone.price.reserve;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import dev.hone.lm.bridge.SentFiles;
import java.util.List;

/**
 * The prompt tokens of a request, estimated from its text: four letters of ASCII are a token, any
 * other character is one, an image is 1,000, a file by its bytes. Providers count by models of
 * their own, which for prose is within a third of it; where replies tell, {@link TokenForecast}
 * corrects it.
 */
public final class RequestTokens {
  private static final double LETTERS_PER_TOKEN = 4;
  private static final double TOKENS_PER_MESSAGE = 4;
  private static final double TOKENS_PER_IMAGE = 1_000;
  private static final double TOKENS_PER_LINKED_FILE = 5_000;
  private static final double BYTES_PER_RECORDED_TOKEN = 500;
  private static final double BYTES_PER_FILE_TOKEN = 50;
  private static final int ASCII = 128;

  private RequestTokens() {}

  /** The tokens of a request, its schema and tools included; at least 1. */
  public static long of(LmRequest request) {
    double tokens = 0;
    for (LmMessage message : request.messages()) {
      tokens += TOKENS_PER_MESSAGE + ofParts(message.parts());
    }
    for (ToolSpec tool : request.tools()) {
      tokens += ofText(tool.name()) + ofText(tool.description());
      tokens += ofText(tool.parameters().toString());
    }
    if (request.format() instanceof ResponseFormat.JsonSchema schema) {
      tokens += ofText(schema.schema().toString());
    }
    return Math.max(1, Math.round(tokens));
  }

  private static double ofParts(List<? extends MessagePart> parts) {
    double tokens = 0;
    for (MessagePart part : parts) {
      if (part instanceof MessagePart.Text text) {
        tokens += ofText(text.text());
      } else if (part instanceof MessagePart.ToolCall call) {
        tokens += ofText(call.name()) + ofText(call.arguments());
      } else if (part instanceof MessagePart.ToolResult result) {
        tokens += ofParts(result.content());
      } else if (part instanceof MessagePart.Image) {
        tokens += TOKENS_PER_IMAGE;
      } else if (part instanceof MessagePart.File file) {
        tokens += ofFile(file);
      }
    }
    return tokens;
  }

  /** Of a recording or a video compressed as usual, and of pages of text with a few pictures. */
  private static double ofFile(MessagePart.File file) {
    if (file.url().isPresent()) {
      return TOKENS_PER_LINKED_FILE;
    }
    boolean recorded = SentFiles.isAudio(file.mediaType()) || SentFiles.isVideo(file.mediaType());
    return Math.max(1, file.size() / (recorded ? BYTES_PER_RECORDED_TOKEN : BYTES_PER_FILE_TOKEN));
  }

  /** The tokens of a text. */
  public static double ofText(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters += text.charAt(i) < ASCII ? 1 : 0;
    }
    return letters / LETTERS_PER_TOKEN + (text.length() - letters);
  }
}
