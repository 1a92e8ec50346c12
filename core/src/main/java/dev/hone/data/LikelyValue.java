package dev.hone.data;

import dev.hone.coerce.RawText;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.text.NearestName;
import dev.hone.type.FieldType;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the value that was probably meant by one that does not fit its field. */
final class LikelyValue {
  private static final int MAX_CHARACTERS = 100;
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+");

  private LikelyValue() {}

  /** What to write instead, if that is near enough to be meant. */
  static Optional<String> of(TypeMismatchException error) {
    String found = error.foundText().orElse("").strip();
    if (found.isEmpty() || found.length() > MAX_CHARACTERS || RawText.isNothingInFiles(found)) {
      return Optional.empty();
    }
    FieldType expected = error.expectedType().orElse(null);
    if (expected instanceof FieldType.Choice choice) {
      return NearestName.of(found, choice.allowed().stream().map(FieldType.Allowed::name).toList());
    }
    return expected instanceof FieldType.Decimal && DECIMAL_COMMA.matcher(found).matches()
        ? Optional.of(found.replace(".", "").replace(',', '.'))
        : Optional.empty();
  }
}
