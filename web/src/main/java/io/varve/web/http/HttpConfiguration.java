package io.varve.web.http;

import io.varve.command.Commands;
import io.varve.command.control.oscal.CatalogReader;
import io.varve.query.QuerySide;
import java.util.List;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** How requests are read and answered, whatever they are about. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration implements WebMvcConfigurer {

  /** Before Spring Security, so that its refusals carry a request id too. */
  private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

  /** After Spring Security: nobody's body is kept in memory before it is known who sends it. */
  private static final int AFTER_SECURITY = 0;

  private final Commands commands;
  private final QuerySide queries;

  public HttpConfiguration(Commands commands, QuerySide queries) {
    this.commands = commands;
    this.queries = queries;
  }

  @Bean
  static Problems problems(List<RefusalForm> forms) {
    return new Problems(forms);
  }

  @Bean
  static JsonMapper jsonMapper() {
    return StrictJson.MAPPER;
  }

  @Bean
  static FilterRegistrationBean<RequestIds> requestIds(Problems problems) {
    var filter = new FilterRegistrationBean<>(new RequestIds(problems));
    filter.setOrder(FIRST);
    return filter;
  }

  @Bean
  static FilterRegistrationBean<BodyLimit> bodyLimit(Problems problems) {
    var filter =
        new FilterRegistrationBean<>(
            new BodyLimit(
                problems, Map.of("/api/controls/import", (long) CatalogReader.MAX_BYTES)));
    filter.setOrder(AFTER_SECURITY);
    return filter;
  }

  @Bean
  static HandlerExceptionResolver problemResolver(Problems problems) {
    return new ProblemResolver(problems);
  }

  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
              }
            });
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder.disableDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(jsonMapper()));
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new BodyResolver(new StrictJson()));
    resolvers.add(new CallerResolver());
    resolvers.add(new ReadResolver(queries));
    resolvers.add(new UploadResolver());
    resolvers.add(new WriteResolver(commands));
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(new PathId());
    registry.addConverter(new QueryTime());
    registry.addConverter(new QueryOrder());
  }
}
