package io.varve.web.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the trail is followed; {@code application.properties} has what holds unless somebody says
 * otherwise.
 *
 * @param streams how many streams a person may have open at once, over all nodes
 * @param heartbeat how long a stream is silent at most
 */
@ConfigurationProperties("varve.audit")
record AuditSettings(int streams, Duration heartbeat) {}
