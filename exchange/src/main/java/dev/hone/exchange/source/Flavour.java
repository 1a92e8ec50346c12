package dev.hone.exchange.source;

/** For whom records are written: what describes their components. */
enum Flavour {
  /** Hone: types and names are those of the signature exactly, with its annotations. */
  HONE,
  /** LangChain4j: plain types, and its annotation for descriptions. */
  LANGCHAIN4J,
  /** Jackson: plain types. */
  PLAIN
}
