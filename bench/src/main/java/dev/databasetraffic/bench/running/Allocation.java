package dev.databasetraffic.bench.running;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Counts what another JVM allocates, through the management interface that every JVM has. */
final class Allocation implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection jvm;

    private Allocation(JMXConnector connector, MBeanServerConnection jvm) {
        this.connector = connector;
        this.jvm = jvm;
    }

    @SuppressWarnings("BanJNDI") // The address is one of our own child's, on this machine.
    static Allocation of(long pid) throws IOException {
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to the JVM " + pid, e);
        }
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            return new Allocation(connector, connector.getMBeanServerConnection());
        } finally {
            machine.detach();
        }
    }

    /** Bytes allocated so far; before Java 21, by the threads that live. */
    long bytes() throws IOException {
        try {
            return (long)
                    jvm.getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
        } catch (AttributeNotFoundException e) {
            return ofLiveThreads();
        } catch (JMException e) {
            throw new IOException("the JVM does not tell what it allocates", e);
        }
    }

    private long ofLiveThreads() throws IOException {
        ThreadMXBean threads =
                ManagementFactory.newPlatformMXBeanProxy(jvm, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
