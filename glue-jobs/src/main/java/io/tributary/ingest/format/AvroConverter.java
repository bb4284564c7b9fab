package io.tributary.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Collection;
import org.apache.avro.Schema;

/**
 * Converts Avro's binary encoding to JSON in one pass, without objects between. Unions are their value alone; logical
 * types are what they mean, as {@link AvroValues} says.
 */
final class AvroConverter implements JsonConverter {

    private static final JsonFactory JSON =
            JsonFactory.builder().build().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);

    private final AvroValues.Writer root;

    private AvroConverter(AvroValues.Writer root) {
        this.root = root;
    }

    /**
     * @param references schemas whose types it names, each after those that it names itself
     * @throws UnusableSchemaException if it is no schema of Avro
     */
    static AvroConverter of(String schema, Collection<String> references) throws UnusableSchemaException {
        try {
            Schema.Parser parser = new Schema.Parser();
            references.forEach(parser::parse);
            return new AvroConverter(new AvroValues().writerOf(parser.parse(schema)));
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableSchemaException("it is no schema of Avro: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] convert(byte[] value, int from) throws IOException {
        AvroInput input = new AvroInput(value, from);
        BoundedOutput json =
                new BoundedOutput(2 * (value.length - from) + 64, JsonConverter.maxBytes(value.length - from));
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            root.write(input, generator, 0);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("a time is beyond what can be said", e);
        }
        if (!input.isAtEnd()) {
            throw new IOException("there are bytes behind the value");
        }
        return json.bytes();
    }
}
