package dev.hone.pipeline;

import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a request in a cache, on disk too, so this is a format, in four forms. Of a model
 * that does not tell its identity, {@code hone-lm-key/1} is for requests of plain texts and {@code
 * hone-lm-key/2} for those with other parts; {@code hone-lm-key/3} and {@code hone-lm-key/4} are
 * the same for a model that does. As a key begins with the name of its form, no key of one is a key
 * of another.
 *
 * <p>The key is the SHA-256, in lower-case hexadecimal digits, of these fields one after the other.
 * A text is its length in bytes (4 bytes, big-endian), then its UTF-8 bytes; bytes are their number
 * (4 bytes), then they themselves; a number is 8 bytes, big-endian, a decimal one by its IEEE 754
 * bits; what may be absent is one byte, 0 for absent or 1, then the value; a list is its size (4
 * bytes), then its items.
 *
 * <ol>
 *   <li>the text {@code hone-lm-key/1}, the model's id, the cache scope; in the forms 3 and 4 the
 *       model's address and the hash of its credential (an empty text if it needs none) stand
 *       behind its id
 *   <li>the messages, each its role ({@code S}, {@code U} or {@code A}, 1 byte) and text
 *   <li>temperature, maxTokens, topP, each may be absent; the list of stop texts; rolloutId
 *   <li>the format: 1 byte {@code T} for text, or {@code J} followed by the schema's name and the
 *       schema as JSON on one line, its keys in their own order, which models follow
 * </ol>
 *
 * <p>If a message is not one text of the system, the user or the model, the request has the second
 * or fourth form: its name comes first, and each message is its role (also {@code T} for tool) and
 * the list of its parts. A part is 1 byte for its kind, then:
 *
 * <ul>
 *   <li>{@code X}, a text: the text
 *   <li>{@code B}, an image by its bytes: the media type, the bytes
 *   <li>{@code L}, an image by its URL: the URL
 *   <li>{@code A}, a file by its bytes: the media type, the bytes
 *   <li>{@code M}, a file by its URL: the media type, the URL
 *   <li>{@code C}, a tool call: the id, the tool's name, the arguments
 *   <li>{@code R}, a tool's result, or {@code E}, its error: the call's id, the tool's name, the
 *       text
 *   <li>{@code P}, a tool's result, or {@code D}, its error, that is not one text: the call's id,
 *       the tool's name, the list of its parts
 *   <li>{@code H}, thinking: the text, the signature, which may be absent
 * </ul>
 */
final class RequestKey {
  private static final MessageDigest PROTOTYPE = prototype();

  private final MessageDigest digest;
  private final byte[] number = new byte[Long.BYTES];

  private RequestKey(MessageDigest digest) {
    this.digest = digest;
  }

  /**
   * What tells models apart in keys.
   *
   * @param id its id
   * @param address where it is; null if it does not tell its identity
   * @param credentialHash the hash of its credential under the cache's secret; empty for none
   */
  record Model(String id, @Nullable String address, String credentialHash) {
    /** A model that does not tell its identity. */
    static Model named(String id) {
      return new Model(id, null, "");
    }

    /** A model as a cache with this secret tells it apart. */
    static Model of(LanguageModel model, byte[] secret) {
      return model
          .identity()
          .map(known -> new Model(model.id(), known.address(), known.credentialHash(secret)))
          .orElseGet(() -> named(model.id()));
    }
  }

  /** The key of a request to a model. */
  static String of(Model model, LmRequest request) {
    RequestKey key = new RequestKey(newDigest());
    boolean plain = isPlain(request);
    key.model(model, plain);
    key.text(request.cacheScope());
    key.integer(request.messages().size());
    for (LmMessage message : request.messages()) {
      key.tag(message.role().name().charAt(0));
      if (plain) {
        key.text(message.text());
      } else {
        key.parts(message.parts());
      }
    }
    key.options(request.options());
    key.format(request.format());
    key.tools(request);
    return HexFormat.of().formatHex(key.digest.digest());
  }

  private void model(Model model, boolean plain) {
    if (model.address() == null) {
      text(plain ? "hone-lm-key/1" : "hone-lm-key/2");
      text(model.id());
    } else {
      text(plain ? "hone-lm-key/3" : "hone-lm-key/4");
      text(model.id());
      text(model.address());
      text(model.credentialHash());
    }
  }

  private static boolean isPlain(LmRequest request) {
    for (LmMessage message : request.messages()) {
      if (!message.isPlainText() || message.role() == LmMessage.Role.TOOL) {
        return false;
      }
    }
    return true;
  }

  private void parts(List<MessagePart> parts) {
    integer(parts.size());
    PartKey partKey = new PartKey();
    for (MessagePart part : parts) {
      part.accept(partKey);
    }
  }

  private void options(LmOptions options) {
    decimal(options.temperature());
    optional(options.maxTokens() == null ? null : options.maxTokens().longValue());
    decimal(options.topP());
    integer(options.stop().size());
    options.stop().forEach(this::text);
    number(options.rolloutId());
  }

  private void format(ResponseFormat format) {
    if (format instanceof ResponseFormat.JsonSchema json) {
      tag('J');
      text(json.name());
      text(Json.write(json.schema()));
    } else {
      tag('T');
    }
  }

  /** Nothing for no tools, so that keys of requests without any stay as they were. */
  private void tools(LmRequest request) {
    if (!request.tools().isEmpty()) {
      tag('F');
      integer(request.tools().size());
      for (ToolSpec tool : request.tools()) {
        text(tool.name());
        text(tool.description());
        text(Json.write(tool.parameters()));
      }
      text(request.requiredTool().orElse(""));
    }
  }

  private void decimal(@Nullable Double value) {
    optional(value == null ? null : Double.doubleToLongBits(value));
  }

  private void optional(@Nullable Long value) {
    digest.update((byte) (value == null ? 0 : 1));
    if (value != null) {
      number(value);
    }
  }

  private void tag(char tag) {
    digest.update((byte) tag);
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    integer(bytes.length);
    digest.update(bytes);
  }

  private void integer(int value) {
    bigEndian(value, Integer.BYTES);
  }

  private void number(long value) {
    bigEndian(value, Long.BYTES);
  }

  private void bigEndian(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      number[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    digest.update(number, 0, bytes);
  }

  /** A copy of a fresh digest: cheaper than asking the security providers for one. */
  private static MessageDigest newDigest() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      return prototype();
    }
  }

  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Adds one part, as the form with parts has it; returns itself. */
  private final class PartKey implements MessagePart.Visitor<PartKey> {
    @Override
    public PartKey otherwise(MessagePart part) {
      throw new IllegalStateException("The part %s has no place in a key yet".formatted(part));
    }

    @Override
    public PartKey visit(MessagePart.Text part) {
      return add('X', part.text());
    }

    @Override
    public PartKey visit(MessagePart.Image image) {
      if (image.url().isPresent()) {
        return add('L', image.url().get().toString());
      }
      add('B', image.mediaType());
      bytes(image.data());
      return this;
    }

    @Override
    public PartKey visit(MessagePart.File file) {
      if (file.url().isPresent()) {
        return add('M', file.mediaType(), file.url().get().toString());
      }
      add('A', file.mediaType());
      bytes(file.data());
      return this;
    }

    @Override
    public PartKey visit(MessagePart.ToolCall call) {
      return add('C', call.id(), call.name(), call.arguments());
    }

    @Override
    public PartKey visit(MessagePart.ToolResult result) {
      List<MessagePart> content = result.content();
      if (content.size() == 1 && content.get(0) instanceof MessagePart.Text text) {
        return add(result.isError() ? 'E' : 'R', result.callId(), result.name(), text.text());
      }
      add(result.isError() ? 'D' : 'P', result.callId(), result.name());
      parts(content);
      return this;
    }

    @Override
    public PartKey visit(MessagePart.Thinking thinking) {
      add('H', thinking.text());
      digest.update((byte) (thinking.signature().isPresent() ? 1 : 0));
      thinking.signature().ifPresent(RequestKey.this::text);
      return this;
    }

    private PartKey add(char kind, String... texts) {
      tag(kind);
      for (String one : texts) {
        RequestKey.this.text(one);
      }
      return this;
    }
  }
}
