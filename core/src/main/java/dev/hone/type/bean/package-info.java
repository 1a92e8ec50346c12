/**
 * Java classes with plain fields, as other frameworks have them, in place of records: {@link
 * dev.hone.type.bean.BeanTypes} makes fields of them, {@link dev.hone.type.bean.BeanJson} their
 * values.
 */
@NullMarked
package dev.hone.type.bean;

import org.jspecify.annotations.NullMarked;
