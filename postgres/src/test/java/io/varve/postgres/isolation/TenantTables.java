package io.varve.postgres.isolation;

import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every table with a tenant, as the catalog knows it, in a copy where the checks of what a row
 * holds are gone: whose row it is does not depend on them. A new table is covered when it is there.
 */
record TenantTables(Map<String, Table> byName) {

  /** A table, its columns that can be written, and the tables that its foreign keys point to. */
  record Table(String name, Map<String, String> columns, Set<String> parents) {

    String placeholders() {
      return columns.values().stream().map(type -> "?::" + type).collect(Collectors.joining(", "));
    }

    String columnNames() {
      return String.join(", ", columns.keySet());
    }
  }

  private static final String TABLES =
      """
      select c.oid::regclass::text,
             array_agg(quote_ident(a.attname) order by a.attnum),
             array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum),
             array(select k.confrelid::regclass::text from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid)
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relkind in ('r', 'p')
         and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
       group by c.oid
       order by 1
      """;

  private static final String WITHOUT_CHECKS =
      """
      do $$
      declare
        statement text;
      begin
        for statement in
          select format('alter table %s drop constraint %I', conrelid::regclass, conname)
            from pg_constraint join pg_class c on c.oid = conrelid
           where contype = 'c' and c.relkind in ('r', 'p') and coninhcount = 0
          union all
          select format('alter table %s alter %I drop not null', attrelid::regclass, attname)
            from pg_attribute where attgenerated <> '' and attnotnull
        loop
          execute statement;
        end loop;
      end
      $$
      """;

  static TenantTables prepare(TestDatabase database) throws SQLException {
    Sql.run(database.superuser(), WITHOUT_CHECKS);
    var tables = new TreeMap<String, Table>();
    try (Connection connection = Sql.connect(database.superuser());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        List<String> names = texts(row.getArray(2));
        List<String> types = texts(row.getArray(3));
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
          columns.put(names.get(i), types.get(i));
        }
        String name = row.getString(1);
        tables.put(name, new Table(name, columns, Set.copyOf(texts(row.getArray(4)))));
      }
    }
    return new TenantTables(tables);
  }

  /** One row of a tenant in every table, those that others point to first. */
  void fill(Connection superuser, UUID tenant) throws SQLException {
    var done = new LinkedHashSet<String>();
    for (Table table : byName.values()) {
      insertWithParents(superuser, table, tenant, done);
    }
  }

  /** What a row of this tenant in that table points to, and not the row. */
  void fillParents(Connection superuser, Table table, UUID tenant) throws SQLException {
    var done = new LinkedHashSet<String>();
    for (Table parent : parents(table)) {
      insertWithParents(superuser, parent, tenant, done);
    }
  }

  private void insertWithParents(Connection superuser, Table table, UUID tenant, Set<String> done)
      throws SQLException {
    if (!done.add(table.name())) {
      return;
    }
    for (Table parent : parents(table)) {
      insertWithParents(superuser, parent, tenant, done);
    }
    try (PreparedStatement statement = superuser.prepareStatement(insert(table))) {
      bind(statement, 1, table, tenant);
      statement.execute();
    }
  }

  private List<Table> parents(Table table) {
    return table.parents().stream()
        .filter(parent -> !parent.equals(table.name()))
        .map(byName::get)
        .filter(Objects::nonNull)
        .toList();
  }

  static String insert(Table table) {
    return "insert into %s (%s) values (%s)"
        .formatted(table.name(), table.columnNames(), table.placeholders());
  }

  static void bind(PreparedStatement statement, int first, Table table, UUID tenant)
      throws SQLException {
    int parameter = first;
    for (Map.Entry<String, String> column : table.columns().entrySet()) {
      boolean isTenant = column.getKey().equals("tenant_id");
      statement.setString(
          parameter++, isTenant ? tenant.toString() : value(column.getValue(), tenant));
    }
  }

  /** The same for every column of a type, so that foreign keys hold; another for every tenant. */
  private static String value(String type, UUID tenant) {
    long number = Math.abs(tenant.getLeastSignificantBits() % 3_000) + 1;
    return switch (type) {
      case "uuid" ->
          UUID.nameUUIDFromBytes(tenant.toString().getBytes(StandardCharsets.UTF_8)).toString();
      case "bigint", "integer", "smallint", "numeric" -> Long.toString(number);
      case "boolean" -> "true";
      case "json", "jsonb" -> "{}";
      case "date", "timestamp with time zone" -> "2026-01-01";
      case "interval" -> "PT1H";
      case "bytea" -> "\\x" + Long.toHexString(0x1000 + number);
      case "inet" -> "127.0.0.1";
      default -> {
        if (type.endsWith("[]")) {
          yield "{}";
        }
        if (type.equals("text") || type.startsWith("character")) {
          yield "of " + tenant;
        }
        throw new IllegalStateException("no value is known for the type " + type);
      }
    };
  }

  private static List<String> texts(Array array) throws SQLException {
    return new ArrayList<>(List.of((String[]) array.getArray()));
  }
}
