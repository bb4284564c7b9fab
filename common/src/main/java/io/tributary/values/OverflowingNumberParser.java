package io.tributary.values;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Reads a number whose exponent no type holds, such as {@code 1e-4424126841}, as an infinite double. So it is a cast
 * failure, whatever the version of Jackson, and its record stays readable.
 */
public final class OverflowingNumberParser extends JsonParserDelegate {

    public OverflowingNumberParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public boolean isNaN() {
        return !isHeldByDecimals();
    }

    @Override
    public double getDoubleValue() throws IOException {
        return isHeldByDecimals() ? super.getDoubleValue() : Double.POSITIVE_INFINITY;
    }

    private boolean isHeldByDecimals() {
        if (!hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            return true;
        }
        try {
            super.getDecimalValue();
            return true;
        } catch (StreamConstraintsException e) {
            // The number has too many digits. The caller's own parsing of it reports that.
            return true;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
