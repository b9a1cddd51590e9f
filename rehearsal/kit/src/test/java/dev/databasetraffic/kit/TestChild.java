package dev.databasetraffic.kit;

import java.util.concurrent.CountDownLatch;

/** A process that does what its argument says. */
public final class TestChild {

    private TestChild() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch forEver = new CountDownLatch(1);
        switch (args[0]) {
            case "hook" -> atEnd(() -> System.out.println("shutdown hook ran"));
            case "hang" -> atEnd(() -> awaitUninterruptibly(forEver));
            case "print-path" -> System.out.println("PATH is " + System.getenv("PATH"));
            default -> {}
        }
        System.out.println("running " + args[0]);
        if (args[0].equals("exit")) {
            System.exit(7);
        }
        forEver.await();
    }

    private static void atEnd(Runnable task) {
        Runtime.getRuntime().addShutdownHook(new Thread(task));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
