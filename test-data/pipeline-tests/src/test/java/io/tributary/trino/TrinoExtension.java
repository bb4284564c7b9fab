package io.tributary.trino;

import io.tributary.lab.trino.Stage;
import io.tributary.lab.trino.TrinoNeeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one stage, which is set for the first of them and taken down after the last of the run. */
final class TrinoExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TrinoExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (TrinoNeeds.find().isEmpty()) {
            String words = context.getRequiredTestClass().getSimpleName()
                    + ": not checked against Trino what Athena would show. " + TrinoNeeds.NO_JAVA + ".";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(words);
            }
            System.err.println(words);
            Assumptions.abort(words);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(SPACE).getOrComputeIfAbsent(Stage.class, key -> set(), Stage.class);
    }

    private static Stage set() {
        Optional<TrinoNeeds> needs = TrinoNeeds.find();
        try {
            return Stage.set(needs.orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException("The stage cannot be set", e);
        }
    }
}
