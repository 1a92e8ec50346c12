package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a message: a text, an image, a file, a tool call, the result of one, or what a model
 * thought. Immutable; equal contents, equal parts. Only Hone adds kinds of parts, and more will
 * come: match them by a {@link Visitor}, which has a default, so that one more breaks nothing.
 */
public abstract class MessagePart {
  private final @Nullable Object[] values;

  MessagePart(@Nullable Object... values) {
    this.values = values;
  }

  /** A text, which may be empty. */
  public static Text text(String text) {
    return new Text(text);
  }

  /**
   * An image by its bytes, which are copied.
   *
   * @param mediaType what the bytes are, such as {@code image/png}
   * @throws InvalidInputException if there are no bytes, or the media type is not one of an image
   */
  public static Image image(byte[] data, String mediaType) {
    return new Image(Media.imageBytes(data, mediaType), mediaType, null);
  }

  /** An image that the provider loads by itself, from a URL of http or https. */
  public static Image image(URI url) {
    return new Image(new byte[0], "", Media.loadable(url, "an image"));
  }

  /**
   * A file by its bytes, which are copied.
   *
   * @param mediaType what the bytes are, such as {@code audio/wav} or {@code application/pdf}
   * @throws InvalidInputException if there are no bytes, or the media type is none or an image's
   */
  public static File file(byte[] data, String mediaType) {
    return new File(Media.fileBytes(data, mediaType), mediaType, null);
  }

  /** A file that the provider loads by itself, from a URL of http or https. */
  public static File file(URI url, String mediaType) {
    return new File(new byte[0], Media.fileType(mediaType), Media.loadable(url, "a file"));
  }

  /**
   * A tool call that a model asks for.
   *
   * @param id what the result refers to; empty if the provider gave none
   * @param name the tool's name
   * @param arguments a JSON object, as the model wrote it; not checked
   */
  public static ToolCall toolCall(String id, String name, String arguments) {
    return new ToolCall(id, name, arguments);
  }

  /**
   * What a tool returned, or the error with which it failed.
   *
   * @param callId the id of the call it answers; empty if that had none
   * @param name the tool's name
   * @param text the result or the error, as the model is to read it
   * @param error whether the tool failed
   */
  public static ToolResult toolResult(String callId, String name, String text, boolean error) {
    return new ToolResult(callId, name, List.of(text(text)), error);
  }

  /**
   * What a tool returned, or the error with which it failed, in parts.
   *
   * @param content texts and images; nothing is an empty text
   * @throws InvalidInputException if there is a part of another kind
   */
  public static ToolResult toolResult(
      String callId, String name, List<? extends MessagePart> content, boolean error) {
    return new ToolResult(callId, name, LmMessage.contentOf(content), error);
  }

  /** What a model thought; the signature, if any, proves to its provider that it is unchanged. */
  public static Thinking thinking(String text, @Nullable String signature) {
    return new Thinking(text, signature);
  }

  /** Returns what the visitor returns for this kind of part. */
  public final <R> R accept(Visitor<R> visitor) {
    if (this instanceof Text text) {
      return visitor.visit(text);
    } else if (this instanceof Image image) {
      return visitor.visit(image);
    } else if (this instanceof File file) {
      return visitor.visit(file);
    } else if (this instanceof ToolCall call) {
      return visitor.visit(call);
    } else if (this instanceof ToolResult result) {
      return visitor.visit(result);
    }
    return this instanceof Thinking thinking ? visitor.visit(thinking) : visitor.otherwise(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessagePart part
        && part.getClass() == getClass()
        && Arrays.deepEquals(values, part.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  /** As a person reads it in {@link LmRequest#toText()}, long contents as placeholders. */
  @Override
  public String toString() {
    return accept(new LmMessage.PartText());
  }

  /**
   * Does one thing for each kind of part. A method that is not overridden does what {@link
   * #otherwise} does; so do parts of kinds that later versions add.
   *
   * @param <R> what is made of a part
   */
  public interface Visitor<R> {
    /** The result for every kind of part that has no method of its own. */
    R otherwise(MessagePart part);

    /** The result for a text. Default: {@link #otherwise}. */
    default R visit(Text text) {
      return otherwise(text);
    }

    /** The result for an image. Default: {@link #otherwise}. */
    default R visit(Image image) {
      return otherwise(image);
    }

    /** The result for a file. Default: {@link #otherwise}. */
    default R visit(File file) {
      return otherwise(file);
    }

    /** The result for a tool call. Default: {@link #otherwise}. */
    default R visit(ToolCall call) {
      return otherwise(call);
    }

    /** The result for a tool's result. Default: {@link #otherwise}. */
    default R visit(ToolResult result) {
      return otherwise(result);
    }

    /** The result for a model's thinking. Default: {@link #otherwise}. */
    default R visit(Thinking thinking) {
      return otherwise(thinking);
    }
  }

  /** A text. */
  public static final class Text extends MessagePart {
    private final String text;

    private Text(String text) {
      super(text);
      this.text = LmMessage.requireText(text);
    }

    /** The text; may be empty. */
    public String text() {
      return text;
    }
  }

  /** An image, by its bytes or by its URL. */
  public static final class Image extends Media {
    private Image(byte[] data, String mediaType, @Nullable URI url) {
      super(data, mediaType, url);
    }
  }

  /** A recording, a PDF or another file that is no image, by its bytes or by its URL. */
  public static final class File extends Media {
    private File(byte[] data, String mediaType, @Nullable URI url) {
      super(data, mediaType, url);
    }
  }

  /** A tool call that a model asks for. */
  public static final class ToolCall extends MessagePart {
    private final String id;
    private final String name;
    private final String arguments;

    private ToolCall(String id, String name, String arguments) {
      super(id, name, arguments);
      this.id = id;
      this.name = name;
      this.arguments = arguments;
    }

    /** What the result refers to; empty if the provider gave none. */
    public String id() {
      return id;
    }

    /** The tool's name. */
    public String name() {
      return name;
    }

    /** A JSON object as the model wrote it, which may be broken. */
    public String arguments() {
      return arguments;
    }
  }

  /** What a tool returned, or the error with which it failed. */
  public static final class ToolResult extends MessagePart {
    private final String callId;
    private final String name;
    private final List<MessagePart> content;
    private final boolean error;

    private ToolResult(String callId, String name, List<MessagePart> content, boolean error) {
      super(callId, name, content, error);
      this.callId = callId;
      this.name = name;
      this.content = content;
      this.error = error;
    }

    /** The id of the call it answers; empty if that had none. */
    public String callId() {
      return callId;
    }

    /** The tool's name. */
    public String name() {
      return name;
    }

    /** The result or the error: texts and images, at least one. */
    public List<MessagePart> content() {
      return content;
    }

    /** The texts of the result or the error, each on lines of its own; empty if it has none. */
    public String text() {
      return String.join("\n", LmMessage.each(Text.class, content, Text::text));
    }

    /** The images among the contents. */
    public List<Image> images() {
      return LmMessage.each(Image.class, content, image -> image);
    }

    /** Whether the tool failed. */
    public boolean isError() {
      return error;
    }
  }

  /** What a model thought before it answered. */
  public static final class Thinking extends MessagePart {
    private final String text;
    private final @Nullable String signature;

    private Thinking(String text, @Nullable String signature) {
      super(text, signature);
      this.text = text;
      this.signature = signature;
    }

    /** What it thought. */
    public String text() {
      return text;
    }

    /** What proves to the provider that the thinking is unchanged, if it gave that. */
    public Optional<String> signature() {
      return Optional.ofNullable(signature);
    }
  }
}
