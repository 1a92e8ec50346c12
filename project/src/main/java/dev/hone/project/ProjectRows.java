package dev.hone.project;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.Split;
import dev.hone.project.data.DataFiles;
import dev.hone.project.data.DataSpec;
import dev.hone.project.data.SplitSpec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows of a project, and splits them. */
record ProjectRows(
    DataSpec spec,
    Signature<ObjectNode, ObjectNode> signature,
    Columns columns,
    boolean needsLabels) {

  ProjectData read(Path file, Optional<Path> test, SplitSpec split) {
    Dataset<ObjectNode, ObjectNode> all = rows(file);
    Dataset<ObjectNode, ObjectNode> usable = usable(file, all);
    int unlabelled = all.size() - usable.size();
    if (test.isPresent()) {
      return ProjectData.apart(usable, usable(test.get(), rows(test.get())), unlabelled);
    }
    if (!split.hasTest()) {
      return new ProjectData(usable, Dataset.of(List.of()), 0, unlabelled);
    }
    Split<ObjectNode, ObjectNode> parts = split.split(usable);
    return ProjectData.apart(parts.first(), parts.rest(), unlabelled);
  }

  private Dataset<ObjectNode, ObjectNode> usable(Path file, Dataset<ObjectNode, ObjectNode> all) {
    Dataset<ObjectNode, ObjectNode> usable = needsLabels ? all.labelled() : all;
    if (usable.size() == 0) {
      String names =
          signature.outputFields().stream().map(Field::name).collect(Collectors.joining(", "));
      throw InvalidInputException.of(
          "No row of %s has a label (%s), which the metric needs".formatted(file, names),
          "fill in the labels, or let a judge score");
    }
    return usable;
  }

  private Dataset<ObjectNode, ObjectNode> rows(Path file) {
    if (!Files.exists(file)) {
      throw DataFiles.missing(file, new NoSuchFileException(file.toString()));
    }
    try {
      return spec.rows(file, signature, columns);
    } catch (DatasetFormatException e) {
      throw RowAdvice.of(e);
    }
  }
}
