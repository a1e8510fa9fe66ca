/**
 * Signing in with an identity provider (OpenID Connect Core 1.0): the authorization code flow with
 * PKCE (RFC 7636).
 */
@NullMarked
package io.varve.web.oidc;

import org.jspecify.annotations.NullMarked;
