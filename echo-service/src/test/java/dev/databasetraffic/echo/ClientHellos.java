package dev.databasetraffic.echo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** ClientHellos as the JDK's TLS client sends them, and what an attacker may make of them. */
final class ClientHellos {

    private static final int RECORD_HEADER = 5;

    private ClientHellos() {}

    static byte[] naming(String host) throws Exception {
        return naming(List.of(new SNIHostName(host)));
    }

    static byte[] namingNoHost() throws Exception {
        return naming(List.of());
    }

    private static byte[] naming(List<SNIServerName> names) throws Exception {
        SSLEngine client = SSLContext.getDefault().createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(names);
        client.setSSLParameters(parameters);
        ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    /** The same message with {@code forged} in the place of the host name, which has to be as long. */
    static byte[] withForgedName(String host, String forged) throws Exception {
        byte[] hello = naming(host);
        byte[] replacement = forged.getBytes(StandardCharsets.ISO_8859_1);
        int at = new String(hello, StandardCharsets.ISO_8859_1).indexOf(host);
        if (replacement.length != host.length() || at < 0) {
            throw new IllegalArgumentException(host + " is no match for " + forged);
        }
        System.arraycopy(replacement, 0, hello, at, replacement.length);
        return hello;
    }

    /** The same handshake message, cut into TLS records of {@code length} bytes each: RFC 8446, section 5.1. */
    static byte[] inRecordsOf(int length, byte[] hello) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int from = RECORD_HEADER; from < hello.length; from += length) {
            int fragment = Math.min(length, hello.length - from);
            records.write(hello, 0, 3);
            records.write(fragment >> 8);
            records.write(fragment);
            records.write(hello, from, fragment);
        }
        return records.toByteArray();
    }
}
