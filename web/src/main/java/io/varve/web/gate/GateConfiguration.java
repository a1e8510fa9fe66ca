package io.varve.web.gate;

import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts the gate before every handler. */
@Configuration(proxyBeanMethods = false)
public class GateConfiguration implements WebMvcConfigurer {

  private final Gate gate;

  public GateConfiguration(Gate gate) {
    this.gate = gate;
  }

  @Bean
  static WebMvcRegistrations mappings() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new HomedMappings();
      }
    };
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(gate);
  }
}
