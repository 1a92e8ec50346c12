package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.json.JsonParts;
import dev.hone.json.JsonParts.Part;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Finds the JSON array that a text means where a list is expected: one array, or items one after
 * another. Whatever it cannot account for it refuses, or leaves to {@link ItemText}.
 */
final class ListText {
  private final FieldType type;
  private final FieldType item;
  private final String path;
  private final JsonParts parts;
  private final boolean bulleted;

  private ListText(FieldType type, FieldType item, String path, JsonParts parts) {
    this.type = type;
    this.item = item;
    this.path = path;
    this.parts = parts;
    this.bulleted = ItemText.isList(parts.text());
  }

  /**
   * The array of the items as they were written; empty if the text is no JSON as a whole.
   *
   * @param item the type of an item
   * @param type the type of the list
   * @throws TypeMismatchException if there is JSON of which some would be lost
   */
  static Optional<JsonNode> find(FieldType item, FieldType type, String raw, String path) {
    FieldType present = item instanceof OptionalOf optional ? optional.type() : item;
    JsonParts read = JsonParts.of(raw);
    JsonParts parts =
        read.with(read.parts().stream().map(part -> Wrappers.unwrapped(present, part)).toList());
    return new ListText(type, present, path, parts).items();
  }

  private Optional<JsonNode> items() {
    if (isAlone() && first().value().isArray()) {
      return Optional.of(complete(first()).value());
    }
    if (item instanceof ObjectOf || item instanceof MapOf) {
      return objects(parts.with(json()));
    }
    if (item instanceof ListOf || item instanceof SetOf) {
      return lists(parts.with(json()));
    }
    if (item instanceof Any) {
      return any();
    }
    Optional<JsonNode> inside = underOwnName();
    if (inside.isPresent()) {
      return inside;
    }
    Optional<JsonNode> found = scalars();
    if (found.isEmpty() && item instanceof Text && beginsAsJson()) {
      throw mismatch();
    }
    return found;
  }

  /** The value of a whole object's only member, if that has the name of the field. */
  private Optional<JsonNode> underOwnName() {
    JsonNode inner =
        parts.isWhole() && !parts.broken() ? Wrappers.underOwnName(first().value(), path) : null;
    if (inner == null || inner.isObject()) {
      return Optional.empty();
    }
    complete(first());
    return Optional.of(inner);
  }

  /** Whether a text begins and ends as JSON does, so that it is no item, whatever it was to be. */
  private boolean beginsAsJson() {
    String text = parts.text();
    int end = endOfValue(text);
    return end > 1
        && (text.startsWith("{") && text.charAt(end - 1) == '}'
            || text.startsWith("[") && text.charAt(end - 1) == ']');
  }

  /** The index after the last character that is neither white space nor a stop or separator. */
  private static int endOfValue(String text) {
    int end = text.length();
    while (end > 0
        && (Character.isWhitespace(text.charAt(end - 1))
            || ".,;".indexOf(text.charAt(end - 1)) >= 0)) {
      end--;
    }
    return end;
  }

  /** Whether the text is one value, with nothing after it but a stop or separator. */
  private boolean isAlone() {
    return parts.parts().size() == 1
        && first().start() == 0
        && first().end() >= endOfValue(parts.text());
  }

  private Optional<JsonNode> objects(JsonParts found) {
    List<Part> values = found.parts();
    values.forEach(this::complete);
    if (found.broken()) {
      throw mismatch();
    }
    if (PartGaps.missesBullet(found)) {
      return bulletsOnly();
    }
    long arrays = values.stream().filter(part -> part.value().isArray()).count();
    if (arrays == 0 && !values.isEmpty()) {
      return Optional.of(all(values));
    }
    if (arrays == 1 && values.size() == 1) {
      return Optional.of(values.get(0).value());
    }
    if (values.isEmpty()) {
      throw mismatch();
    }
    throw tooMany(values);
  }

  private Optional<JsonNode> lists(JsonParts found) {
    List<Part> values = found.parts();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    values.forEach(this::complete);
    boolean nested = values.stream().anyMatch(part -> hasArrays(part.value()));
    if (found.broken() || PartGaps.missesBullet(found)) {
      return bulletsOnly();
    }
    if (values.size() == 1 && values.get(0).value().isArray() && (nested || !bulleted)) {
      return Optional.of(values.get(0).value());
    }
    boolean deep = nested && !(isList(itemOf(item)) || itemOf(item) instanceof Any);
    if (deep || !PartGaps.separated(found)) {
      throw tooMany(values);
    }
    return Optional.of(all(values));
  }

  private Optional<JsonNode> any() {
    List<Part> values = parts.parts();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (PartGaps.missesBullet(parts)) {
      return bulletsOnly();
    }
    if (!parts.broken() && PartGaps.separated(parts)) {
      values.forEach(this::complete);
      return Optional.of(values.size() == 1 ? asArray(first()) : all(values));
    }
    List<Part> clean = values.stream().filter(Part::clean).toList();
    if (clean.isEmpty() || bulleted && !(isOneLine(clean) && first().value().isArray())) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      throw tooMany(values);
    }
    return Optional.of(asArray(complete(first())));
  }

  private Optional<JsonNode> scalars() {
    List<Part> arrays = parts.parts().stream().filter(part -> part.value().isArray()).toList();
    List<Part> real = json().stream().filter(this::isArrayOfItems).toList();
    List<Part> singles = item instanceof Text ? real : arrays;
    if (areSingles(singles)) {
      ArrayNode joined = Json.array();
      singles.forEach(part -> joined.add(complete(part).value().get(0)));
      return Optional.of(joined);
    }
    if (real.isEmpty() || bulleted && !isOneLine(real)) {
      return Optional.empty();
    }
    if (real.size() > 1) {
      throw tooMany(real);
    }
    return isMeant(real.get(0)) ? Optional.of(complete(real.get(0)).value()) : Optional.empty();
  }

  /** Whether the only line with a bullet has the whole list. */
  private boolean isOneLine(List<Part> arrays) {
    return arrays.size() == 1
        && !parts.text().contains("\n")
        && (!(item instanceof Text) || PartGaps.separated(parts.with(arrays)));
  }

  /** Whether the items stand one after another, each in brackets of its own. */
  private boolean areSingles(List<Part> arrays) {
    return arrays.size() > 1
        && arrays.size() == parts.parts().size()
        && arrays.stream().allMatch(part -> part.value().size() == 1 && !part.truncated())
        && arrays.stream().noneMatch(part -> part.value().get(0).isContainer())
        && PartGaps.separated(parts)
        && !PartGaps.missesBullet(parts);
  }

  private boolean isArrayOfItems(Part part) {
    if (!part.value().isArray()) {
      return false;
    }
    boolean quoted = parts.source(part).indexOf('"') > 0;
    return !(item instanceof Text)
        || part.value().valueStream().allMatch(JsonNode::isString)
        || quoted && PartGaps.labelled(parts.with(List.of(part)));
  }

  /** Whether an array inside of a text is the list itself, and not part of a text such as "[1]". */
  private boolean isMeant(Part array) {
    JsonParts only = parts.with(List.of(array));
    boolean labelled = PartGaps.labelled(only);
    if (array.value().isEmpty() && only.after(0).matches("(?s)\\p{L}.*")) {
      throw mismatch(); // the type of an array in a program, whose items come after it
    }
    if (!array.clean() && !labelled) {
      return false;
    }
    if (!(item instanceof Text)) {
      JsonNode read = ItemCoercion.array(item, false, type, complete(array).value(), path);
      return !PartGaps.statesOthers(item, only, read);
    }
    if (array.value().isEmpty() && !labelled) {
      throw mismatch();
    }
    return true;
  }

  /** The values that are JSON, and not words or the numbers of sources in brackets. */
  private List<Part> json() {
    return parts.parts().stream()
        .filter(part -> !PartGaps.isProse(parts, part) && !PartGaps.isCitation(item, part))
        .toList();
  }

  /** Leaves the text to be read by its bullets, if every line has one. */
  private Optional<JsonNode> bulletsOnly() {
    if (!bulleted) {
      throw mismatch();
    }
    return Optional.empty();
  }

  private Part first() {
    return parts.parts().get(0);
  }

  private Part complete(Part part) {
    if (part.truncated()) {
      throw ItemCoercion.cutOff(parts.text(), path);
    }
    Wrappers.refuseDoubt(part.doubt(), path);
    return part;
  }

  private static JsonNode asArray(Part part) {
    return part.value().isArray() ? part.value() : all(List.of(part));
  }

  private static ArrayNode all(List<Part> values) {
    ArrayNode array = Json.array();
    values.forEach(part -> array.add(part.value()));
    return array;
  }

  private static boolean hasArrays(JsonNode value) {
    return value.isArray() && value.valueStream().anyMatch(JsonNode::isArray);
  }

  private static boolean isList(FieldType type) {
    return type instanceof ListOf || type instanceof SetOf;
  }

  private static FieldType itemOf(FieldType type) {
    return type instanceof ListOf list ? list.item() : ((SetOf) type).item();
  }

  private TypeMismatchException tooMany(List<Part> values) {
    return Wrappers.tooMany(values.stream().map(Part::value).toList(), type, path);
  }

  private TypeMismatchException mismatch() {
    return ItemCoercion.mismatch(type, parts.text(), path);
  }
}
