package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code wafleet verify}: plays scenarios on a fleet. Those that disturb nobody are played side by side, each with accounts of its
 * own; then, one after the other, those that strike processes.
 */
public final class Verify {
    private static final int PARTITIONS = 8;
    /** They mostly wait. */
    private static final int SIDE_BY_SIDE = 8;

    private final Stage stage;
    private final PrintStream out;
    private final Set<Scene> underWay = ConcurrentHashMap.newKeySet();

    private Verify(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /**
     * Starts a fleet of separate processes, and plays the scenarios on it.
     *
     * @throws io.wafleet.cli.fleet.FleetException when the fleet does not even start
     */
    public static VerifyReport onOwnFleet(VerifyOptions options, List<Scenario> scenarios, Distribution distribution,
            PrintStream out) {
        Timers timers = options.realTime() ? Timers.real() : Timers.shortened();
        try (Workspace workspace = Workspace.open("verify", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution, workspace.directory(), PARTITIONS,
                        timers.settings());
                Http http = new Http()) {
            out.println("data and logs: " + workspace.directory());
            String told = options.realTime()
                    ? "timers: the real ones"
                    : "timers, shortened (really): " + Timers.shortening();
            out.println(told);
            out.printf("starting broker, simulator, outbox, gateway and %d workers%n", Crew.WORKERS);
            out.flush();
            fleet.startAll(http, Crew.WORKERS);
            try (Watch watch = new Watch(http, fleet.gateway("/api/whatsapp/accounts"))) {
                Crew crew = Crew.of(fleet, http);
                VerifyReport report = new Verify(Stage.own(fleet, http, timers, watch, crew), out).play(told,
                        scenarios);
                if (report.failed() == 0) {
                    workspace.forget();
                }
                return report;
            }
        }
    }

    /** Plays on a fleet that runs those of the scenarios that need nothing of its processes. */
    public static VerifyReport against(Target target, Timers timers, List<Scenario> scenarios, PrintStream out) {
        try (Http http = new Http(); Watch watch = new Watch(http, target.gateway() + "/api/whatsapp/accounts")) {
            String told = "timers: as this command's environment says, or the default ones; the fleet must have the same";
            out.println(told);
            Stage stage = Stage.others(target, http, timers, watch, ThreadLocalRandom.current().nextInt());
            Verify verify = new Verify(stage, out);
            // A person who stops it halfway must not find its accounts in the fleet.
            Thread atExit = new Thread(verify::leave, "verify-end");
            Runtime.getRuntime().addShutdownHook(atExit);
            VerifyReport report = verify.play(told, scenarios);
            Runtime.getRuntime().removeShutdownHook(atExit);
            return report;
        }
    }

    private VerifyReport play(String timers, List<Scenario> scenarios) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Scenario> playable = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Optional<String> missing = stage.missing(scenario.needs());
            if (missing.isEmpty()) {
                playable.add(scenario);
            } else {
                outcomes.add(told(new Outcome(scenario.name(), Outcome.Result.SKIP, scenario.answers(), 0,
                        missing.get(), List.of())));
            }
        }
        outcomes.addAll(sideBySide(playable.stream().filter(s -> s.needs() != Scenario.Needs.PROCESSES).toList()));
        playable.stream().filter(s -> s.needs() == Scenario.Needs.PROCESSES)
                .forEach(scenario -> outcomes.add(played(scenario)));
        VerifyReport report = VerifyReport.of(timers, outcomes);
        out.println(report.summary());
        out.flush();
        return report;
    }

    private List<Outcome> sideBySide(List<Scenario> scenarios) {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService players = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<Future<Outcome>> playing = scenarios.stream().map(s -> players.submit(() -> played(s))).toList();
            for (Future<Outcome> one : playing) {
                outcomes.add(one.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return outcomes;
    }

    /** Takes out of the fleet what the scenes under way added. */
    private void leave() {
        underWay.forEach(Scene::cleanUp);
    }

    private Outcome played(Scenario scenario) {
        Scene scene = new Scene(stage);
        underWay.add(scene);
        String problem = null;
        try {
            scenario.play(scene);
        } catch (RuntimeException e) {
            // Whatever it is: this promise is not shown, and the others are to be tried all the same.
            problem = String.valueOf(e.getMessage() == null ? e : e.getMessage());
        }
        long millis = scene.millis();
        List<String> evidence = scene.evidence();
        try {
            scene.cleanUp();
            underWay.remove(scene);
            if (scenario.needs() == Scenario.Needs.PROCESSES) {
                scene.crew().settle();
            }
        } catch (RuntimeException e) {
            problem = (problem == null ? "" : problem + "; ") + "afterwards: " + e.getMessage();
        }
        return told(new Outcome(scenario.name(), problem == null ? Outcome.Result.PASS : Outcome.Result.FAIL,
                scenario.answers(), millis, problem, evidence));
    }

    private Outcome told(Outcome outcome) {
        synchronized (out) {
            out.printf("%s  %s  (%d ms)%n      %s%n", outcome.result(), outcome.scenario(), outcome.millis(),
                    outcome.answers());
            outcome.evidence().forEach(line -> out.println("      " + line));
            if (outcome.problem() != null) {
                out.println("      " + outcome.result() + ": " + outcome.problem());
            }
            out.flush();
        }
        return outcome;
    }
}
