/** The JSON Schema of project files, made from what reads them. Engine room: may change. */
@NullMarked
package dev.hone.project.schema;

import org.jspecify.annotations.NullMarked;
