package io.varve.web.tenancy;

import io.varve.events.tenancy.Organization;

/** What a person says of an organization. */
record OrganizationFields(String name, Organization.Kind kind) {}
