package dev.hone.project.strategy;

import dev.hone.agents.DynamicReAct;
import dev.hone.program.ChainOfThought;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a call, or a step, comes to its answer.
 *
 * @param kind which way
 * @param servers the servers of an agent's tools; else none
 * @param maxTurns the most turns of an agent
 */
public record StrategySpec(Kind kind, List<ToolServer> servers, OptionalInt maxTurns) {
  /** The ways. */
  public enum Kind {
    /** Asks once. */
    PREDICT("predict"),
    /** Asks once, for the reasons first. */
    CHAIN_OF_THOUGHT("chain of thought"),
    /** Uses tools, turn by turn. */
    REACT("react");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of a project file. */
    public String word() {
      return word;
    }
  }

  /** Asks once. */
  public static final StrategySpec PREDICT =
      new StrategySpec(Kind.PREDICT, List.of(), OptionalInt.empty());

  /** Copies the list. */
  public StrategySpec {
    servers = List.copyOf(servers);
  }

  /** The program of a signature; an agent connects to its servers. */
  public Program<ObjectNode, ObjectNode> program(
      Signature<ObjectNode, ObjectNode> signature, ToolServers tools) {
    return switch (kind) {
      case PREDICT -> DynamicPredict.ofSignature(signature);
      case CHAIN_OF_THOUGHT -> ChainOfThought.of(signature);
      case REACT -> {
        DynamicReAct agent = DynamicReAct.ofSignature(signature, tools.tools(servers));
        yield maxTurns.isPresent() ? agent.maxTurns(maxTurns.getAsInt()) : agent;
      }
    };
  }
}
