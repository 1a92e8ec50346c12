package dev.hone.compiled;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What has changed in a signature since it was saved, field by field. */
final class SignatureDifference {
  private SignatureDifference() {}

  /**
   * Compares the saved description of a signature with the signature at hand.
   *
   * @param version the format of the file
   * @return a phrase per change; empty if there is none
   */
  static List<String> of(ArtifactNode saved, Signature<?, ?> signature, long version) {
    ObjectNode described =
        version == Artifact.VERSION_WITH_WORDS
            ? VersionOneTypeWords.describe(signature)
            : signature.describe();
    if (saved.text(Artifact.FINGERPRINT).equals(Json.fingerprint(described))) {
      return List.of();
    }
    ArtifactNode present = new ArtifactNode(saved.source(), saved.path(), described);
    List<String> changes = new ArrayList<>();
    compare("input", types(saved, Artifact.INPUTS), types(present, Artifact.INPUTS), changes);
    compare("output", types(saved, Artifact.OUTPUTS), types(present, Artifact.OUTPUTS), changes);
    if (changes.isEmpty()) {
      throw saved.damaged(
          saved.pathOf(Artifact.FINGERPRINT), "it does not belong to the fields beside it");
    }
    return changes;
  }

  private static Map<String, String> types(ArtifactNode signature, String side) {
    Map<String, String> types = new LinkedHashMap<>();
    signature
        .objects(side)
        .forEach(field -> types.put(field.text(Artifact.NAME), field.text(Artifact.TYPE)));
    return types;
  }

  private static void compare(
      String side, Map<String, String> saved, Map<String, String> present, List<String> changes) {
    saved.forEach(
        (name, type) -> {
          String now = present.get(name);
          if (now == null) {
            changes.add("%s `%s` was removed".formatted(side, name));
          } else if (!now.equals(type)) {
            changes.add("%s `%s` was %s and is %s".formatted(side, name, type, now));
          }
        });
    present.forEach(
        (name, type) -> {
          if (!saved.containsKey(name)) {
            changes.add("%s `%s` (%s) was added".formatted(side, name, type));
          }
        });
    if (changes.isEmpty() && !List.copyOf(saved.keySet()).equals(List.copyOf(present.keySet()))) {
      changes.add(
          "the %ss have another order: %s was %s"
              .formatted(side, present.keySet(), saved.keySet()));
    }
  }
}
