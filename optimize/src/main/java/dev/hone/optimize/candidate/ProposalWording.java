package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.LanguageModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who writes instructions, by which wordings, in which language, and what of them is kept word for
 * word. Immutable; set on the optimizers that propose, see {@link ProposerOptions}.
 */
public final class ProposalWording {
  private static final ProposalWording DEFAULTS =
      new ProposalWording(List.of(), List.of(ProposerTemplate.standard()), null, List.of());

  private final List<LanguageModel> promptModels;
  private final List<ProposerTemplate> templates;
  private final @Nullable String language;
  private final List<String> keep;

  private ProposalWording(
      List<LanguageModel> promptModels,
      List<ProposerTemplate> templates,
      @Nullable String language,
      List<String> keep) {
    this.promptModels = distinct("promptModels", promptModels, LanguageModel::id);
    this.templates = distinct("templates", templates, ProposerTemplate::name);
    this.language = language;
    this.keep = distinct("keep", keep, text -> text);
    if (templates.isEmpty()) {
      throw InvalidInputException.of("templates is empty", "add ProposerTemplate.standard()");
    }
    if (keep.stream().anyMatch(String::isBlank)) {
      throw InvalidInputException.of("One of the texts to keep is blank", "leave it out");
    }
    if (language != null && language.isBlank()) {
      throw InvalidInputException.of(
          "proposalLanguage is blank", "name a language, such as German, or leave it out");
    }
  }

  private static <T> List<T> distinct(String name, List<T> list, Function<T, String> key) {
    SettingCheck.given(name, list);
    Set<String> seen = new HashSet<>();
    for (T one : new ArrayList<>(list)) {
      SettingCheck.given("one of " + name, one);
      if (!seen.add(key.apply(one))) {
        throw InvalidInputException.of(
            "%s has \"%s\" twice".formatted(name, key.apply(one)), "leave one of them out");
      }
    }
    return List.copyOf(list);
  }

  /** One model and one wording, the language of data and instructions, nothing kept. */
  public static ProposalWording defaults() {
    return DEFAULTS;
  }

  /** The models to draw from; empty for the optimizer's one. Their ids are distinct. */
  public List<LanguageModel> promptModels() {
    return promptModels;
  }

  /** The wordings to draw from; at least one, their names are distinct. */
  public List<ProposerTemplate> templates() {
    return templates;
  }

  /** The language that instructions are to be in; null for that of data and instructions. */
  public @Nullable String language() {
    return language;
  }

  /** The texts that are kept word for word. */
  public List<String> keep() {
    return keep;
  }

  /** A copy that draws from other models. */
  public ProposalWording withPromptModels(List<LanguageModel> value) {
    return new ProposalWording(value, templates, language, keep);
  }

  /** A copy that draws from other wordings. */
  public ProposalWording withTemplates(List<ProposerTemplate> value) {
    return new ProposalWording(promptModels, value, language, keep);
  }

  /** A copy in another language; null for that of data and instructions. */
  public ProposalWording withLanguage(@Nullable String value) {
    return new ProposalWording(promptModels, templates, value, keep);
  }

  /** A copy that keeps other texts. */
  public ProposalWording withKeep(List<String> value) {
    return new ProposalWording(promptModels, templates, language, value);
  }

  /** Adds what is set to the settings of a run, for provenance: models by id. */
  public void addTo(ObjectNode node) {
    if (!promptModels.isEmpty()) {
      ArrayNode ids = node.putArray("promptModels");
      promptModels.forEach(model -> ids.add(model.id()));
    }
    if (!templates.equals(DEFAULTS.templates)) {
      ObjectNode texts = node.putObject("templates");
      templates.forEach(template -> texts.put(template.name(), template.text()));
    }
    if (language != null) {
      node.put("proposalLanguage", language);
    }
    if (!keep.isEmpty()) {
      ArrayNode texts = node.putArray("keep");
      keep.forEach(texts::add);
    }
  }

  /** What is set, in a line. */
  @Override
  public String toString() {
    return "ProposalWording[%d models, %d templates, %s, %d texts kept]"
        .formatted(
            Math.max(1, promptModels.size()),
            templates.size(),
            language == null ? "any language" : language,
            keep.size());
  }
}
