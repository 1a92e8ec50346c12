/** Which adapter small models keep to, and what each costs. */
@NullMarked
package dev.hone.benchmarks.adapter;

import org.jspecify.annotations.NullMarked;
