package io.tributary.ingest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs while a test runs. */
public final class LoggedLines extends AbstractAppender {

    private record Line(Level level, String text) {}

    private final Logger logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    public LoggedLines(Class<?> speaker) {
        super(speaker.getName(), null, null, false, Property.EMPTY_ARRAY);
        this.logger = (Logger) LogManager.getLogger(speaker);
    }

    @Override
    public void start() {
        super.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(this);
    }

    @Override
    public void stop() {
        logger.removeAppender(this);
        super.stop();
    }

    @Override
    public void append(LogEvent event) {
        lines.add(new Line(event.getLevel(), event.getMessage().getFormattedMessage()));
    }

    public List<String> texts(Level level) {
        return lines.stream()
                .filter(line -> line.level().equals(level))
                .map(Line::text)
                .toList();
    }
}
