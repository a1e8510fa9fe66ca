package io.varve.web.edge;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.header.HeaderWriterFilter;

/** What every request goes through first. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
public class EdgeConfiguration {

  /** Among the filters that come before Spring Security: after the request has got its id. */
  public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  @Bean
  static FilterRegistrationBean<ForwardedRequests> forwardedRequests(EdgeSettings settings) {
    var filter = new FilterRegistrationBean<>(new ForwardedRequests(settings));
    filter.setOrder(ORDER);
    return filter;
  }

  @Bean
  static FilterRegistrationBean<HeaderWriterFilter> browserRules() {
    var filter = new FilterRegistrationBean<>(BrowserRules.filter());
    filter.setOrder(ORDER + 1);
    return filter;
  }
}
