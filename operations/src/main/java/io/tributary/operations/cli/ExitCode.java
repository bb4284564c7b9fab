package io.tributary.operations.cli;

/** Exit codes of commands that answer. Failures have theirs from the exception. */
final class ExitCode {

    static final int FINE = 0;
    static final int INPUT_MUST_BE_CORRECTED = 2;
    static final int OPERATOR_MUST_ACT = 3;

    private ExitCode() {}
}
