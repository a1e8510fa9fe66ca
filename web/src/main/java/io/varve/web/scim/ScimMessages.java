package io.varve.web.scim;

import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Writes what the SDK's types say. They are read where bodies are: see {@link Exchange}. */
final class ScimMessages extends AbstractHttpMessageConverter<ScimResource> {

  ScimMessages() {
    super(MediaType.parseMediaType(Exchange.MEDIA_TYPE), MediaType.APPLICATION_JSON);
  }

  @Override
  protected boolean supports(Class<?> type) {
    return ScimResource.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, @org.jspecify.annotations.Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected ScimResource readInternal(Class<? extends ScimResource> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("not read here", input);
  }

  @Override
  protected void writeInternal(ScimResource resource, HttpOutputMessage output) throws IOException {
    output.getBody().write(JsonUtils.getObjectWriter().writeValueAsBytes(resource));
  }
}
