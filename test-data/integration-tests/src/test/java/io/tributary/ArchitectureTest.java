package io.tributary;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tributary.lab.process.ProjectRoot;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every module; this one is built last, so the classes of all are there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private static final Pattern EMPTY_WORDS = Pattern.compile(".*(Util|Utils|Helper|Service|Impl|Manager)");

    private static final DescribedPredicate<JavaClass> NO_ENTRY_CLASS = describe(
            "have no main method",
            javaClass -> javaClass.tryGetMethod("main", String[].class).isEmpty());

    private static final String FILE_REWRITER = "io.tributary.compaction.maintenance.FileRewriter";
    private static final String GLUE_RUNTIME = "io.tributary.runtime.GlueRuntime";

    /** A rule for every module with code of its own. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "glue-jobs",
                "compaction-job",
                "operations",
                "operations/status",
                "cdk",
                "test-data",
                "test-data/testing",
                "test-data/brokers",
                "test-data/s3",
                "test-data/benchmark"
            })
    private @interface ForEachModule {}

    private final Map<String, JavaClasses> imported = new HashMap<>();

    @ForEachModule
    void nothingStaticHoldsState(String module) {
        noFields().that().areStatic().should().notBeFinal().check(classes(module));
        noFields().that().areStatic().should().haveRawType(SparkSession.class).check(classes(module));
    }

    @ForEachModule
    void onlyAnEntryClassEndsTheProcess(String module) {
        noClasses()
                .that(NO_ENTRY_CLASS)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes(module));
    }

    @ForEachModule
    void namesSayWhatAThingIs(String module) {
        noClasses().should().haveNameMatching(EMPTY_WORDS.pattern()).check(classes(module));
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..helper..", "..service..", "..impl..", "..model..")
                .check(classes(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "glue-jobs", "compaction-job", "operations", "operations/status"})
    void awsIsKnownToAdaptersAlone(String module) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.tributary.aws..",
                        "io.tributary.compaction.catalog.glue..",
                        "io.tributary.ingest.format.registry..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.amazonaws..", "software.amazon.."))
                .check(without(GLUE_RUNTIME, module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "glue-jobs", "compaction-job", "operations", "operations/status", "cdk"})
    void glueIsKnownToOneClass(String module) {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.amazonaws.."))
                .check(without(GLUE_RUNTIME, module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "glue-jobs", "compaction-job", "operations", "operations/status"})
    void deltasInternalsAreKnownToTheLakeAndTheFileRewriterAlone(String module) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tributary.lake..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.spark.sql.delta.."))
                .check(without(FILE_REWRITER, module));
    }

    /** What Delta's log says is below what the commits of the pipeline say of themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"common"})
    void theReaderOfDeltasLogKnowsNoCommitOfOurs(String module) {
        noClasses()
                .that()
                .resideInAPackage("io.tributary.lake.log..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.tributary.lake.commit..", "io.tributary.lake.view.."))
                .check(classes(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "glue-jobs", "compaction-job", "operations", "operations/status"})
    void whatIsSaidGoesToTheLog(String module) {
        // A tool's answer is its output; jobs and all that they consist of have no other voice than the log.
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Tool")
                .should(ACCESS_STANDARD_STREAMS)
                .check(classes(module));
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes(module));
    }

    @ForEachModule
    void packagesDependOnEachOtherInOneDirection(String module) {
        slices().matching("io.tributary.(**)").should().beFreeOfCycles().check(classes(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "glue-jobs", "compaction-job", "operations", "operations/status", "cdk"})
    void theTimeComesFromAClock(String module) {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould(callMethodWhere(describe(
                        "a method now() of java.time without a clock",
                        call -> call.getTarget().getOwner().getPackageName().equals("java.time")
                                && call.getTarget().getName().equals("now")
                                && call.getTarget().getRawParameterTypes().isEmpty())))
                .check(classes(module));
    }

    private JavaClasses without(String name, String module) {
        return classes(module)
                .that(describe(
                        "are not " + name, javaClass -> !javaClass.getName().equals(name)));
    }

    private JavaClasses classes(String module) {
        return imported.computeIfAbsent(module, ArchitectureTest::read);
    }

    private static JavaClasses read(String module) {
        Path built = ProjectRoot.find().built(module).resolve("classes");
        assertThat(built).as("the classes of the module %s", module).isDirectory();
        return new ClassFileImporter().importPath(built);
    }
}
