@NullMarked
package io.varve.web.demo;

import org.jspecify.annotations.NullMarked;
