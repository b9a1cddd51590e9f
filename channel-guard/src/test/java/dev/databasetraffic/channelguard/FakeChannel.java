package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/** A channel that is in the state that a test says, and counts what is done to it. */
final class FakeChannel extends ManagedChannel {

    ConnectivityState state = ConnectivityState.IDLE;
    int connectionsAskedFor;
    int backoffsReset;
    int timesLeft;
    Runnable whenShutDown = () -> {};

    @Override
    public ConnectivityState getState(boolean requestConnection) {
        connectionsAskedFor += requestConnection ? 1 : 0;
        return state;
    }

    @Override
    public void resetConnectBackoff() {
        backoffsReset++;
    }

    @Override
    public void enterIdle() {
        timesLeft++;
    }

    @Override
    public ManagedChannel shutdown() {
        state = ConnectivityState.SHUTDOWN;
        whenShutDown.run();
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        return shutdown();
    }

    @Override
    public boolean isShutdown() {
        return state == ConnectivityState.SHUTDOWN;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        throw new UnsupportedOperationException("nobody calls here");
    }

    @Override
    public String authority() {
        return "far.example";
    }
}
