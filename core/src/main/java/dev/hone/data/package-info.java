/**
 * Labelled examples: datasets, readers that name the line and column of a bad row, seeded and
 * stratified splits, and content ids.
 */
@NullMarked
package dev.hone.data;

import org.jspecify.annotations.NullMarked;
