package io.wafleet.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

final class ArchitectureTest {
    private static final String ROOT = "io.wafleet.gateway";
    private static final String VIEW = ROOT + ".view";
    private static final String REQUEST = ROOT + ".request";
    private static final String DESK = ROOT + ".desk";
    private static final String KAFKA = ROOT + ".kafka";
    private static final String HTTP = ROOT + ".http";
    private static final JavaClasses MODULE = ModuleRules.classesOf(ROOT);

    @Test
    void theCoreIsPure() {
        ModuleRules.pureCore(VIEW, REQUEST).check(MODULE);
    }

    @Test
    void desksReadNoClock() {
        ModuleRules.noWallClock(DESK).check(MODULE);
    }

    @Test
    void desksKnowNoAdapter() {
        noClasses().that().resideInAPackage(DESK).should().dependOnClassesThat().resideInAnyPackage(HTTP, KAFKA)
                .check(MODULE);
    }

    @Test
    void technologiesStayInTheirAdapters() {
        ModuleRules.onlyIn("io.vertx..", HTTP).check(MODULE);
        ModuleRules.onlyIn("io.netty..", HTTP).check(MODULE);
        ModuleRules.onlyIn("com.google.zxing..", HTTP).check(MODULE);
        ModuleRules.onlyIn("org.apache.kafka..", KAFKA, ROOT).check(MODULE);
    }

    @Test
    void adaptersShowOnlyWhatIsWired() {
        ModuleRules.nothingPublicIn(HTTP, "HttpFront", "HttpLimits").check(MODULE);
        ModuleRules.nothingPublicIn(KAFKA, "KafkaPublisher", "KafkaViews", "MessageStatuses").check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        ModuleRules.noCycles(ROOT).check(MODULE);
    }
}
