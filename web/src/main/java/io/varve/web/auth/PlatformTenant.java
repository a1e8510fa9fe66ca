package io.varve.web.auth;

import java.util.UUID;

/**
 * The platform's own tenant: where its operators belong, and where unique addresses are claimed.
 */
public record PlatformTenant(UUID id) {}
