package dev.databasetraffic.databases.firestore.differential;

import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryRequest.ConsistencySelectorCase;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs programs on both servers, side by side. */
final class Comparison {

    private static final Pattern REPEATED = Pattern.compile("(.)\\1{99,}");

    private final BareClient genuine;
    private final BareClient standIn;
    private final String name;
    private int runs;

    /** @param name of this comparison alone, so that it finds empty projects on a server that others used */
    Comparison(BareClient genuine, BareClient standIn, String name) {
        this.genuine = genuine;
        this.standIn = standIn;
        this.name = name;
    }

    /** Where the two parted. */
    record Difference(int at, Message request, CallResult genuine, CallResult standIn) {

        @Override
        public String toString() {
            return "call " + at + ": " + request.getDescriptorForType().getName() + "\n  " + printed(request)
                    + "\n  genuine:  " + genuine + "\n  stand-in: " + standIn;
        }
    }

    /** The first difference that is not meant. */
    Optional<Difference> firstDifference(List<Message> program, Score score) {
        String run = "-" + name + "-" + ++runs + "-";
        Session left = new Session(genuine, run);
        Session right = new Session(standIn, run);
        boolean queryRefused = false;
        for (int i = 0; i < program.size(); i++) {
            Message request = program.get(i);
            CallResult expected = left.run(request);
            CallResult actual = right.run(request);
            score.count(request, expected);
            if (!expected.agreesWith(actual)) {
                Optional<Meant> meant = Meant.find(request, expected, actual, queryRefused);
                if (meant.isEmpty()) {
                    return Optional.of(new Difference(i, request, expected, actual));
                }
                score.count(meant.get());
                if (!meant.get().leavesThemEqual(request)) {
                    return Optional.empty();
                }
                left.forgetAnswers();
                right.forgetAnswers();
            }
            queryRefused |= expected.code() != Status.Code.OK
                    && request instanceof RunQueryRequest query
                    && query.getConsistencySelectorCase() != ConsistencySelectorCase.CONSISTENCYSELECTOR_NOT_SET;
        }
        return Optional.empty();
    }

    /** Leaves out what the difference at the program's end does not need. */
    List<Message> shrink(List<Message> program) {
        List<Message> shrunk = program;
        for (int chunk = shrunk.size() / 2; chunk > 0; chunk = chunk == 1 ? 0 : (chunk + 1) / 2) {
            for (int from = shrunk.size() - 1 - chunk; from >= 0; from -= chunk) {
                List<Message> shorter = new ArrayList<>(shrunk.subList(0, from));
                shorter.addAll(shrunk.subList(from + chunk, shrunk.size()));
                Optional<Difference> difference = firstDifference(shorter, new Score());
                if (difference.isPresent() && difference.get().at() == shorter.size() - 1) {
                    shrunk = shorter;
                }
            }
        }
        return shrunk;
    }

    static String printed(Message message) {
        String text = TextFormat.printer().emittingSingleLine(true).printToString(message);
        return REPEATED.matcher(text)
                .replaceAll(match -> match.group(1) + " × " + match.group().length());
    }
}
