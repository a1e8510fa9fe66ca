/** The OpenAPI document, made from the handlers that serve requests. */
@NullMarked
package io.varve.web.openapi;

import org.jspecify.annotations.NullMarked;
