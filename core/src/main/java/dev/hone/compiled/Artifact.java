package dev.hone.compiled;

/** The names of the parts of a saved program. Its description for people is docs/formats.md. */
final class Artifact {
  static final String KIND = "program";
  static final int FORMAT_VERSION = 2;

  /** The version whose types are named in the words of prompts. */
  static final int VERSION_WITH_WORDS = 1;

  static final String HONE = "hone";
  static final String FORMAT = "formatVersion";
  static final String PROMPT_FORMAT = "promptFormat";
  static final String PREDICTORS = "predictors";
  static final String INSTRUCTIONS = "instructions";
  static final String DEMOS = "demos";
  static final String NEAREST = "nearest";
  static final String K = "k";
  static final String EMBEDDER = "embedder";
  static final String VECTORS = "vectors";
  static final String TOOLS = "tools";
  static final String TOOL_DESCRIPTIONS = "toolDescriptions";
  static final String SIGNATURE = "signature";
  static final String INPUTS = "inputs";
  static final String OUTPUTS = "outputs";
  static final String NAME = "name";
  static final String TYPE = "type";
  static final String FINGERPRINT = "fingerprint";
  static final String ORIGIN = "origin";
  static final String EXAMPLE_ID = "exampleId";
  static final String PROVENANCE = "provenance";
  static final String OPTIMIZER = "optimizer";
  static final String SETTINGS = "settings";
  static final String SEED = "seed";
  static final String SCORES = "scores";
  static final String MEAN = "mean";
  static final String LOWER = "lower";
  static final String UPPER = "upper";
  static final String EXAMPLES = "examples";
  static final String DATA_FINGERPRINTS = "dataFingerprints";
  static final String MODEL_IDS = "modelIds";
  static final String CREATED_AT = "createdAt";
  static final String ENVIRONMENT = "environment";

  private Artifact() {}
}
