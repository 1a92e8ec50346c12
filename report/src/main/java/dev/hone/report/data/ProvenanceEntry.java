package dev.hone.report.data;

import java.util.Map;

/**
 * What a run was made from.
 *
 * @param seed the seed; null before it is known
 * @param settings the optimizer's settings by name, values as JSON
 * @param data the fingerprints of the data by role
 * @param models the models by role
 * @param versions versions by name: of Hone, of Java, of the system
 * @param facts what the caller said of the run, by name, such as the project file
 */
public record ProvenanceEntry(
    @org.jspecify.annotations.Nullable Long seed,
    Map<String, String> settings,
    Map<String, String> data,
    Map<String, String> models,
    Map<String, String> versions,
    Map<String, String> facts) {
  /** Nothing is known. */
  public static final ProvenanceEntry NONE =
      new ProvenanceEntry(null, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /** Fills in what is missing. */
  public ProvenanceEntry {
    settings = Given.map(settings);
    data = Given.map(data);
    models = Given.map(models);
    versions = Given.map(versions);
    facts = Given.map(facts);
  }
}
