package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what a body may cost, in bytes and in time, however it is sent: a chunked body has no length to look at, and
 * one that drips a byte a second never meets the connector's timeout, which starts anew with each byte.
 */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

    private final HttpProperties limits;

    BodyLimitFilter(HttpProperties limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request), response);
    }

    /** A limit was met while the body was read. */
    static final class LimitExceeded extends IOException {

        private static final long serialVersionUID = 1L;

        private final Problem problem;

        LimitExceeded(Problem problem) {
            super(problem.title());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > limits.maxBodySize().toBytes()) {
                throw new LimitExceeded(Problem.BODY_TOO_LARGE);
            }
            return new LimitedStream(super.getInputStream());
        }
    }

    private final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long end = System.nanoTime() + limits.bodyTimeout().toNanos();
        private long left = limits.maxBodySize().toBytes();

        LimitedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            // What is here already isn't late, even if we are.
            if (System.nanoTime() - end > 0 && body.available() == 0 && !body.isFinished()) {
                throw new LimitExceeded(Problem.REQUEST_TIMEOUT);
            }
            int count;
            try {
                count = body.read(buffer, offset, length);
            } catch (SocketTimeoutException silent) {
                throw new LimitExceeded(Problem.REQUEST_TIMEOUT);
            }
            left -= Math.max(0, count);
            if (left < 0) {
                throw new LimitExceeded(Problem.BODY_TOO_LARGE);
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
