package dev.hone.lm.media;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.Media;
import dev.hone.lm.MessagePart;
import dev.hone.text.Excerpt;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images and files as JSON, and back: an object of {@code mediaType} and {@code data} in Base64, or
 * of {@code url}, beside which a file has its {@code mediaType}. A text is read as a URL: one of
 * http or https, or a data URL with Base64.
 */
public final class MediaJson {
  private static final int SHOWN_CHARS = 80;
  private static final String DATA_URL = "data:";
  private static final String DATA_BASE64 = ";base64,";
  private static final String TYPE = "mediaType";
  private static final Pattern HTTP_URL = Pattern.compile("(?i)https?://");
  private static final Pattern ENDING = Pattern.compile("\\.([a-z0-9]{2,5})$");

  /** The media types of files that models take, by the endings of their names. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("mov", "video/quicktime"));

  private MediaJson() {}

  /** What a kind of media is called in messages, and how it is made. */
  private record Kind<M extends Media>(
      String name,
      String method,
      String example,
      BiFunction<byte[], String, M> ofBytes,
      BiFunction<URI, String, M> ofUrl) {}

  private static final Kind<MessagePart.Image> IMAGE =
      new Kind<>(
          "An image",
          "MessagePart.image",
          "data:image/png;base64,…",
          MessagePart::image,
          (url, type) -> MessagePart.image(url));

  private static final Kind<MessagePart.File> FILE =
      new Kind<>(
          "A file",
          "MessagePart.file",
          "data:application/pdf;base64,…",
          MessagePart::file,
          (url, type) -> MessagePart.file(url, type.isEmpty() ? typeOf(url) : type));

  /** An image or a file as JSON. */
  public static ObjectNode of(Media media) {
    ObjectNode json = Json.object();
    if (!media.mediaType().isEmpty()) {
      json.put(TYPE, media.mediaType());
    }
    return media
        .url()
        .map(url -> json.put("url", url.toString()))
        .orElseGet(() -> json.put("data", Base64.getEncoder().encodeToString(media.data())));
  }

  /**
   * The image of a JSON value.
   *
   * @throws InvalidInputException if it is of another form
   */
  public static MessagePart.Image image(JsonNode node) {
    return read(IMAGE, node);
  }

  /**
   * The file of a JSON value. Where a URL has no media type beside it, its ending tells it.
   *
   * @throws InvalidInputException if it is of another form
   */
  public static MessagePart.File file(JsonNode node) {
    return read(FILE, node);
  }

  private static <M extends Media> M read(Kind<M> kind, JsonNode node) {
    try {
      JsonNode url = node.isString() ? node : node.path("url");
      String type = node.path(TYPE).asString("");
      if (url.isString()) {
        return at(kind, url.stringValue(), type);
      } else if (node.path(TYPE).isString() && node.path("data").isString()) {
        return kind.ofBytes().apply(base64(node.path("data").stringValue()), type);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s is neither a URL nor Base64: %s. Maybe make it with %s."
              .formatted(
                  kind.name(),
                  Excerpt.beginning(String.valueOf(e.getMessage()), SHOWN_CHARS),
                  kind.method()),
          e);
    }
    throw InvalidInputException.of(
        "%s has the keys %s, expected url, or mediaType and data in Base64"
            .formatted(kind.name(), node.propertyNames()),
        "write the URL as a text, or the bytes with " + kind.method());
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** What is at a URL; a data URL has its bytes. */
  private static <M extends Media> M at(Kind<M> kind, String url, String type) {
    int bytes = url.indexOf(DATA_BASE64);
    if (url.startsWith(DATA_URL) && bytes > 0) {
      return kind.ofBytes()
          .apply(
              base64(url.substring(bytes + DATA_BASE64.length())),
              url.substring(DATA_URL.length(), bytes));
    } else if (!HTTP_URL.matcher(url).lookingAt()) {
      throw InvalidInputException.of(
          "%s is \"%s\", expected a URL of http, https or data:%s…;base64"
              .formatted(
                  kind.name(),
                  Excerpt.beginning(url, SHOWN_CHARS),
                  kind.name().equals(IMAGE.name()) ? "image/" : ""),
          "it is a path, which is not opened here: write the bytes as %s in Base64, or in Java pass them with %s"
              .formatted(kind.example(), kind.method()));
    }
    return kind.ofUrl().apply(URI.create(url), type);
  }

  private static String typeOf(URI url) {
    Matcher ending = ENDING.matcher(String.valueOf(url.getPath()).toLowerCase(Locale.ROOT));
    String type = ending.find() ? TYPES.get(ending.group(1)) : null;
    if (type == null) {
      throw InvalidInputException.of(
          "The URL of a file (%s) does not tell its media type"
              .formatted(Excerpt.beginning(url.toString(), SHOWN_CHARS)),
          "write an object with url and mediaType, such as application/pdf");
    }
    return type;
  }
}
