package io.varve.web.edge;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands before this server.
 *
 * @param trustedProxies addresses and networks (CIDR) whose word on whom they speak for is taken
 * @param forwardedHeader the header that they write. The other is not looked at: a client could
 *     have sent it, and a proxy that does not know it hands it on.
 */
@ConfigurationProperties("varve")
record EdgeSettings(
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("x-forwarded-for") ForwardedHeader forwardedHeader) {}
