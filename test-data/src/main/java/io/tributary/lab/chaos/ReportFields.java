package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Report;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** A report as JSON: fields of its own, then those of the run. */
final class ReportFields {

    private ReportFields() {}

    static String text(JsonObjectBuilder own, Report run) {
        try (JsonReader of = Json.createReader(new StringReader(run.json()))) {
            of.readObject().forEach(own::add);
        }
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(own.build());
        }
        return text.toString().strip() + "\n";
    }
}
