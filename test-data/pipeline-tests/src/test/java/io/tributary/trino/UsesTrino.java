package io.tributary.trino;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that asks Trino. The build runs all of these in one JVM, so that the stage is set once. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("trino")
@ExtendWith(TrinoExtension.class)
@interface UsesTrino {}
