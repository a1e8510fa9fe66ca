/** Where the values of KRIs come from: people, pushes and connectors. */
@NullMarked
package io.varve.events.source;

import org.jspecify.annotations.NullMarked;
