package io.varve.web.scim;

import com.unboundid.scim2.common.ScimResource;
import io.varve.query.identity.Directory.Which;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** All resources of one kind. */
interface Shelf {

  Narrowing.Lookup lookup();

  /** In the order of creation. */
  List<UUID> ids(Exchange exchange, Which which);

  /** Those of them that are there, in the order of creation. */
  List<? extends ScimResource> resources(Exchange exchange, Collection<UUID> ids);
}
