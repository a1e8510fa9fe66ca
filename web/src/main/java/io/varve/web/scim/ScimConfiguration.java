package io.varve.web.scim;

import io.varve.web.http.RefusalForm;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How SCIM's messages are read and written. */
@Configuration(proxyBeanMethods = false)
public class ScimConfiguration implements WebMvcConfigurer {

  @Bean
  static RefusalForm scimErrors() {
    return new ScimErrors();
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder.addCustomConverter(new ScimMessages());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new ExchangeResolver());
  }
}
