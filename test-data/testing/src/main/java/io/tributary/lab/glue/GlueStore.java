package io.tributary.lab.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Databases, tables and partitions, and what each of Glue's requests does with them. One request at a time. */
final class GlueStore {

    /** Small, so that whoever lists must turn pages. */
    private static final int PAGE = 50;

    private final Clock clock;
    private final Map<String, Database> databases = new TreeMap<>();

    GlueStore(Clock clock) {
        this.clock = clock;
    }

    private record Database(ObjectNode definition, Map<String, Table> tables) {

        Table table(String name) {
            return Optional.ofNullable(tables.get(name)).orElseThrow(() -> GlueRefusal.notFound("Table " + name));
        }
    }

    private record Table(ObjectNode definition, long version, Map<List<String>, ObjectNode> partitions) {}

    /** @throws GlueRefusal if Glue would refuse it */
    synchronized JsonNode answer(String action, JsonNode request) {
        return switch (action) {
            case "CreateDatabase" -> createDatabase(request.path("DatabaseInput"));
            case "GetDatabase" -> object("Database", database(request, "Name").definition());
            case "GetDatabases" ->
                page(
                        request,
                        "DatabaseList",
                        databases.values().stream().map(Database::definition).toList());
            case "CreateTable" -> createTable(database(request, "DatabaseName"), request);
            case "UpdateTable" -> updateTable(database(request, "DatabaseName"), request);
            case "DeleteTable" ->
                deleteTable(
                        database(request, "DatabaseName"), request.path("Name").asText());
            case "GetTable" ->
                object(
                        "Table",
                        shown(
                                request,
                                database(request, "DatabaseName")
                                        .table(request.path("Name").asText())));
            case "GetTables" ->
                page(
                        request,
                        "TableList",
                        database(request, "DatabaseName").tables().values().stream()
                                .map(table -> shown(request, table))
                                .toList());
            case "GetPartitions" ->
                page(
                        request,
                        "Partitions",
                        List.copyOf(table(request).partitions().values()));
            case "BatchCreatePartition" -> createPartitions(table(request), request);
            case "BatchUpdatePartition" -> updatePartitions(table(request), request);
            case "BatchDeletePartition" -> deletePartitions(table(request), request);
            default -> throw new GlueRefusal("UnknownOperationException", action + " is not served here.");
        };
    }

    private JsonNode createDatabase(JsonNode input) {
        String name = input.path("Name").asText();
        ObjectNode definition = input.deepCopy();
        definition.put("CreateTime", seconds());
        if (databases.putIfAbsent(name, new Database(definition, new TreeMap<>())) != null) {
            throw GlueRefusal.exists("Database " + name);
        }
        return object();
    }

    private JsonNode createTable(Database database, JsonNode request) {
        ObjectNode definition = request.path("TableInput").deepCopy();
        String name = definition.path("Name").asText();
        definition.put("CreateTime", seconds());
        Table table = new Table(definition, 0, new TreeMap<>(GlueStore::compare));
        if (database.tables().putIfAbsent(name, table) != null) {
            throw GlueRefusal.exists("Table " + name);
        }
        return object();
    }

    private JsonNode updateTable(Database database, JsonNode request) {
        ObjectNode definition = request.path("TableInput").deepCopy();
        String name = definition.path("Name").asText();
        Table present = database.table(name);
        String expected = request.path("VersionId").asText("");
        if (!expected.isEmpty() && !expected.equals(Long.toString(present.version()))) {
            throw new GlueRefusal(
                    "ConcurrentModificationException",
                    "Update table failed due to concurrent modifications: it has version " + present.version() + ".");
        }
        definition.set("CreateTime", present.definition().get("CreateTime"));
        database.tables().put(name, new Table(definition, present.version() + 1, present.partitions()));
        return object();
    }

    private static JsonNode deleteTable(Database database, String name) {
        database.table(name);
        database.tables().remove(name);
        return object();
    }

    private JsonNode createPartitions(Table table, JsonNode request) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (JsonNode input : request.path("PartitionInputList")) {
            ObjectNode partition = partition(request, input);
            if (table.partitions().putIfAbsent(values(input.path("Values")), partition) != null) {
                error(errors.addObject(), "PartitionValues", input.path("Values"), "AlreadyExistsException");
            }
        }
        return object("Errors", errors);
    }

    private JsonNode updatePartitions(Table table, JsonNode request) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : request.path("Entries")) {
            JsonNode key = entry.path("PartitionValueList");
            ObjectNode partition = partition(request, entry.path("PartitionInput"));
            if (table.partitions().replace(values(key), partition) == null) {
                error(errors.addObject(), "PartitionValueList", key, "EntityNotFoundException");
            }
        }
        return object("Errors", errors);
    }

    private static JsonNode deletePartitions(Table table, JsonNode request) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : request.path("PartitionsToDelete")) {
            if (table.partitions().remove(values(entry.path("Values"))) == null) {
                error(errors.addObject(), "PartitionValues", entry.path("Values"), "EntityNotFoundException");
            }
        }
        return object("Errors", errors);
    }

    private ObjectNode partition(JsonNode request, JsonNode input) {
        ObjectNode partition = input.deepCopy();
        partition.set("DatabaseName", request.get("DatabaseName"));
        partition.set("TableName", request.get("TableName"));
        partition.put("CreationTime", seconds());
        return partition;
    }

    private static void error(ObjectNode error, String key, JsonNode values, String code) {
        error.set(key, values);
        error.putObject("ErrorDetail").put("ErrorCode", code).put("ErrorMessage", "as the catalog stands");
    }

    private Database database(JsonNode request, String key) {
        String name = request.path(key).asText();
        return Optional.ofNullable(databases.get(name)).orElseThrow(() -> GlueRefusal.notFound("Database " + name));
    }

    private Table table(JsonNode request) {
        return database(request, "DatabaseName").table(request.path("TableName").asText());
    }

    private static ObjectNode shown(JsonNode request, Table table) {
        ObjectNode shown = table.definition().deepCopy();
        shown.set("DatabaseName", request.get("DatabaseName"));
        shown.put("VersionId", Long.toString(table.version()));
        return shown;
    }

    private static JsonNode page(JsonNode request, String key, List<ObjectNode> all) {
        int from = Integer.parseInt(request.path("NextToken").asText("0"));
        int to = Math.min(from + PAGE, all.size());
        ObjectNode answer = object(key, JsonNodeFactory.instance.arrayNode().addAll(all.subList(from, to)));
        if (to < all.size()) {
            answer.put("NextToken", Integer.toString(to));
        }
        return answer;
    }

    private static List<String> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static int compare(List<String> one, List<String> other) {
        return String.join("\u0000", one).compareTo(String.join("\u0000", other));
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode object(String key, JsonNode value) {
        ObjectNode object = object();
        object.set(key, value);
        return object;
    }
}
