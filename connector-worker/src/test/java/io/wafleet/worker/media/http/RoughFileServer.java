package io.wafleet.worker.media.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves files well, slowly, endlessly, brokenly or elsewhere, as the path says. */
public final class RoughFileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public RoughFileServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** What it serves as so many bytes. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Host and path of each request. */
    public List<String> requests() {
        return requests;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI());
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            int number = path.length > 1 ? Integer.parseInt(path[1]) : 0;
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            switch (path[0]) {
                case "bytes" -> whole(exchange, number);
                case "chunked" -> send(exchange, 0, bytes(number));
                case "crumbs" -> crumbs(exchange, bytes(number));
                case "endless" -> endless(exchange);
                case "status" -> exchange.sendResponseHeaders(number, -1);
                case "page" -> page(exchange);
                case "gzip" -> zipped(exchange);
                case "silent" -> hold();
                case "drip" -> drip(exchange);
                case "short" -> send(exchange, 1_000, bytes(10));
                case "redirect" -> move(exchange, number == 1 ? "/bytes/10" : "/redirect/" + (number - 1));
                case "loop" -> move(exchange, "/loop");
                case "to" -> move(exchange, exchange.getRequestURI().getRawQuery());
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void whole(HttpExchange exchange, int size) throws IOException {
        send(exchange, size == 0 ? -1 : size, bytes(size));
    }

    private static void zipped(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(exchange, 3, new byte[3]);
    }

    private static void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        send(exchange, 3, new byte[3]);
    }

    /**
     * @param declared 0: not at all
     */
    private static void send(HttpExchange exchange, long declared, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, declared);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Each byte as a chunk of its own. */
    private static void crumbs(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte one : body) {
                out.write(one);
                out.flush();
            }
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(new byte[8_192]);
            }
        }
    }

    private static void move(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (!closed.await(50, TimeUnit.MILLISECONDS)) {
                out.write(1);
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
