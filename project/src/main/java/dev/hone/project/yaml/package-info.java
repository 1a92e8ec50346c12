/**
 * YAML as a tree whose every key and value knows its line and column, and what is wrong with it:
 * {@link dev.hone.project.yaml.YamlNode}, {@link dev.hone.project.yaml.YamlMap}, {@link
 * dev.hone.project.yaml.Problems}. Engine room: may change at any time.
 */
@NullMarked
package dev.hone.project.yaml;

import org.jspecify.annotations.NullMarked;
