package io.varve.web.tenancy;

/** What a person says of a carrier. */
record CarrierFields(String name) {}
