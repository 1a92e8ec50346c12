package dev.hone.exchange.source;

import java.util.Set;

/** Names of classes that generated code uses, so that none of its own may have them. */
final class ReservedNames {
  static final Set<String> ALL =
      Set.of(
          ("String Object Byte Short Integer Long Double Boolean Enum Record Override List Set Map"
                  + " Optional Path BigDecimal BigInteger LocalDate LocalTime LocalDateTime Instant"
                  + " OffsetDateTime Duration JsonNode ObjectNode Desc Limits Predict Program"
                  + " ChainOfThought Compiled Signature Codec Field FieldType Constraints Reasoning"
                  + " MessagePart ChatHistory Description SystemMessage UserMessage AssistantMessage"
                  + " V Prompt PromptTemplate BeanOutputConverter Message")
              .split(" "));

  private ReservedNames() {}
}
