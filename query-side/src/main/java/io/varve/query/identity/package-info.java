/** Questions about users, what they are given, and who acted as them. */
@NullMarked
package io.varve.query.identity;

import org.jspecify.annotations.NullMarked;
