/** A demo: one organization and three tenants, with a year of history. */
@NullMarked
package io.varve.web.demo;

import org.jspecify.annotations.NullMarked;
