package io.wafleet.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The five rules that each module's {@code ArchitectureTest} checks, with its own package names:
 *
 * <pre>{@code
 * private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet.worker");
 *
 * @Test
 * void coreIsPure() {
 *     ModuleRules.pureCore("io.wafleet.worker.session").check(MODULE);
 * }
 * }</pre>
 */
public final class ModuleRules {
    /** What a pure package may use beside itself and the other pure ones. */
    private static final List<String> PURE = List.of("java.lang..", "java.util..", "java.time..", "java.math..",
            "java.nio.charset..", "java.text..", "org.jspecify..", "io.wafleet.contract..");
    private static final List<String> NO_DOING = List.of("java.lang.Thread", "java.lang.ThreadLocal",
            "java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Runtime", "java.util.Timer");
    private static final Set<String> RANDOM_OWNERS = Set.of("java.util.Random", "java.security.SecureRandom");

    private ModuleRules() {}

    /** The module's own classes without its tests. */
    public static JavaClasses classesOf(String rootPackage) {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
    }

    /** Core packages decide and do nothing: only JDK values, the contract and each other; no I/O, no thread, no log. */
    public static ArchRule pureCore(String... corePackages) {
        List<String> allowed = new ArrayList<>(PURE);
        for (String core : corePackages) {
            allowed.add(core);
        }
        DescribedPredicate<JavaClass> pure = JavaClass.Predicates
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .or(JavaClass.Predicates.type(java.io.Serializable.class))
                .and(new DescribedPredicate<>("no thread or process") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !NO_DOING.contains(type.getName());
                    }
                });
        return CompositeArchRule
                .of(classes().that().resideInAnyPackage(corePackages).should().onlyDependOnClassesThat(pure)
                        .because("what decides must run the same in a test, a simulation and a replay"))
                .and(noWallClock(corePackages));
    }

    /** Time and chance come in from outside. */
    public static ArchRule noWallClock(String... packages) {
        return noClasses().that().resideInAnyPackage(packages).should()
                .accessTargetWhere(new DescribedPredicate<>("a clock or a source of chance is read") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        return isClockOrChance(access.getTargetOwner().getName(), access.getName(),
                                access.getTarget().getDescription());
                    }
                }).because("time enters as a value, and so does jitter");
    }

    private static boolean isClockOrChance(String owner, String member, String description) {
        return switch (owner) {
            case "java.lang.System" -> member.equals("currentTimeMillis") || member.equals("nanoTime");
            case "java.lang.Math", "java.lang.StrictMath" -> member.equals("random");
            case "java.util.UUID" -> member.equals("randomUUID");
            case "java.util.concurrent.ThreadLocalRandom" -> member.equals("current");
            case "java.time.Clock", "java.time.InstantSource" -> member.startsWith("system");
            case "java.util.Date" -> member.equals("<init>") && description.contains("<init>()");
            default -> (owner.startsWith("java.time.") && member.equals("now"))
                    || (RANDOM_OWNERS.contains(owner) && member.equals("<init>") && description.contains("<init>()"));
        };
    }

    /**
     * A technology's types are used in its adapter's packages and nowhere else in the module.
     *
     * @param technology package of the technology, such as {@code org.apache.kafka..}
     */
    public static ArchRule onlyIn(String technology, String... adapterPackages) {
        return noClasses().that().resideOutsideOfPackages(adapterPackages).should().dependOnClassesThat()
                .resideInAPackage(technology).allowEmptyShould(true)
                .because("a technology's types stay in its adapter: " + Arrays.toString(adapterPackages));
    }

    /**
     * An adapter shows nothing but what the wiring needs.
     *
     * @param shown simple names of the types that may be public
     */
    public static ArchRule nothingPublicIn(String adapterPackage, String... shown) {
        Set<String> exceptions = Set.of(shown);
        return classes().that().resideInAPackage(adapterPackage).and().areTopLevelClasses()
                .and(new DescribedPredicate<JavaClass>("not among " + exceptions) {
                    @Override
                    public boolean test(JavaClass type) {
                        return !exceptions.contains(type.getSimpleName())
                                && !type.getSimpleName().equals("package-info");
                    }
                }).should().notBePublic().allowEmptyShould(true)
                .because("an adapter is reached through its port");
    }

    /** No two packages below the root need each other. */
    public static ArchRule noCycles(String rootPackage) {
        return slices().matching(rootPackage + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }
}
