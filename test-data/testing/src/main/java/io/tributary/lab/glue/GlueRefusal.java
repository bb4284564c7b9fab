package io.tributary.lab.glue;

/** An error that Glue's protocol answers with, by its name there. */
final class GlueRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    GlueRefusal(String code, String message) {
        super(message);
        this.code = code;
    }

    static GlueRefusal notFound(String what) {
        return new GlueRefusal("EntityNotFoundException", what + " not found.");
    }

    static GlueRefusal exists(String what) {
        return new GlueRefusal("AlreadyExistsException", what + " already exists.");
    }

    String code() {
        return code;
    }
}
