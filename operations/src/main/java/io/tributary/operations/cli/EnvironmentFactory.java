package io.tributary.operations.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands: with the environment if their constructor asks for it. */
record EnvironmentFactory(Environment environment) implements IFactory {

    @Override
    public <K> K create(Class<K> kind) throws Exception {
        for (Constructor<?> constructor : kind.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Environment.class) {
                constructor.setAccessible(true);
                return kind.cast(constructor.newInstance(environment));
            }
        }
        return CommandLine.defaultFactory().create(kind);
    }
}
