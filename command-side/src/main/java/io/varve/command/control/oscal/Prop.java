package io.varve.command.control.oscal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A property: a name and a value that the catalog's maker gave something. */
record Prop(String name, String value, @Nullable String ownClass) {

  private static final class Draft {
    String name = "";
    String value = "";
    @Nullable String ownClass;
  }

  static void readAll(Cursor json, Consumer<Prop> each) {
    json.array(
        () -> {
          var prop = new Draft();
          json.object(
              member -> {
                switch (member) {
                  case "name" -> prop.name = json.text();
                  case "value" -> prop.value = json.text();
                  case "class" -> prop.ownClass = json.text();
                  default -> json.skip();
                }
              });
          each.accept(new Prop(prop.name, prop.value, prop.ownClass));
        });
  }

  boolean is(String other) {
    return name.equals(other);
  }
}
