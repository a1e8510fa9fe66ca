/** The installation's own keys, and what a running node does when there is a new version of one. */
@NullMarked
package io.varve.web.keys;

import org.jspecify.annotations.NullMarked;
