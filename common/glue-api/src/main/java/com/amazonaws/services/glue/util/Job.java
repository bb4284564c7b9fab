package com.amazonaws.services.glue.util;

/**
 * Declared for the compiler; AWS Glue brings the class itself.
 *
 * <p>It is a Scala object, documented as {@code init(jobName: String, glueContext: GlueContext, args:
 * java.util.Map[String, String]): this.type} and {@code commit}, the latter without its result. The JVM links a call by
 * its result too, so there is nothing here to compile a call against.
 */
public final class Job {

    private Job() {}
}
