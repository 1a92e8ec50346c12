package dev.hone.project.field;

import dev.hone.type.Field;

/**
 * A field of a project file.
 *
 * @param field its name, type, description and limits
 * @param column the column of the data that holds it
 */
public record ProjectField(Field field, String column) {}
