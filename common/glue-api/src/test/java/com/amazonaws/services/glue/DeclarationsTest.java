package com.amazonaws.services.glue;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.glue.util.Job;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is declared that AWS does not document, with the types that it documents. */
class DeclarationsTest {

    @Test
    void theGlueContextIsMadeOfASparkContextAndGivesTheSession() {
        assertThat(declarations(GlueContext.class))
                .containsExactlyInAnyOrder(
                        "public com.amazonaws.services.glue.GlueContext(org.apache.spark.SparkContext)",
                        "public org.apache.spark.sql.SparkSession"
                                + " com.amazonaws.services.glue.GlueContext.getSparkSession()");
    }

    @Test
    void theJobDeclaresNoCallThatCouldLinkWrongly() {
        assertThat(declarations(Job.class)).isEmpty();
    }

    private static List<String> declarations(Class<?> declared) {
        Stream<Constructor<?>> constructors = Arrays.stream(declared.getDeclaredConstructors());
        Stream<Method> methods = Arrays.stream(declared.getDeclaredMethods());
        return Stream.<Executable>concat(constructors, methods)
                .filter(member -> !Modifier.isPrivate(member.getModifiers()))
                .map(Object::toString)
                .toList();
    }
}
