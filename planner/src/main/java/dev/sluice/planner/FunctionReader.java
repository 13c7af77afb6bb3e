package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.FunctionLimits;
import dev.sluice.core.FunctionLimits.Tier;
import dev.sluice.core.TableParameter;
import dev.sluice.planner.Statement.Existing;
import dev.sluice.planner.Statement.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads CREATE FUNCTION. */
final class FunctionReader {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)", Pattern.CASE_INSENSITIVE);

    private final Reading reading;
    private final Tokens tokens;
    private Optional<String> handler = Optional.empty();
    private boolean deterministic;
    private boolean calledOnNull;
    private boolean nested;
    private Optional<Tier> tier = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private List<Quoted> packages = List.of();

    FunctionReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** Whether TABLE FUNCTION and a function's name follow, and not a table that is called function. */
    static boolean isTableFunctionNext(Tokens tokens) {
        var name = tokens.peek(2);
        return tokens.at("TABLE", "FUNCTION")
                && name.isName()
                && Stream.of("AS", "COMMENT", "PARTITIONED", "TBLPROPERTIES", "WITH")
                        .noneMatch(name::is);
    }

    /** @param written what the statement's first words say; RETURNS TABLE makes a table function as well */
    Statement create(FunctionKind written, Existing existing) {
        var name = reading.qualifiedName("the name of a function");
        var parameters = fields("the name of a parameter", "Parameter", this::parameterType);
        tokens.expect("RETURNS");
        var kind = written == FunctionKind.SCALAR && tokens.at("TABLE") ? FunctionKind.TABLE : written;
        if (kind != FunctionKind.TABLE && parameters.stream().anyMatch(TableParameter::is)) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_STATEMENT,
                            "A function that takes a TABLE gives one: RETURNS TABLE (…)",
                            tokens.peek().start());
        }
        var result = result(kind);
        tokens.expect("LANGUAGE");
        if (!tokens.accept("JAVA")) {
            var language = tokens.peek();
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "Functions are written in JAVA, not " + language.shown(),
                            language.start());
        }
        nested = Stream.concat(parameters.stream(), Stream.of(result))
                .anyMatch(field -> !field.getChildren().isEmpty());
        characteristics(kind);
        if (!packages.isEmpty() && tier.equals(Optional.of(Tier.PROCESS))) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "Packages do not go to another process: leave ISOLATION PROCESS out",
                            packages.getFirst().offset());
        }
        tokens.expect("AS");
        var body = tokens.peek();
        var bodyStart = tokens.draft().source().indexOf(opening(body), body.start())
                + opening(body).length();
        return new Statement.CreateFunction(
                name,
                kind,
                existing,
                parameters,
                result,
                handler,
                deterministic,
                calledOnNull,
                packages,
                tokens.string("the Java source"),
                bodyStart,
                new FunctionLimits(tier, timeout));
    }

    /** The quote with which the token begins. */
    private String opening(Token token) {
        var source = tokens.draft().source();
        return source.startsWith("$", token.start())
                ? source.substring(token.start(), source.indexOf('$', token.start() + 1) + 1)
                : "'";
    }

    private Field result(FunctionKind kind) {
        return switch (kind) {
            case SCALAR, AGGREGATE -> type("result");
            case TABLE -> {
                tokens.expect("TABLE");
                if (tokens.peek(1).isSymbol(')')) {
                    throw tokens.expected("the columns of the table");
                }
                var columns = fields("the name of a column", "Column", this::type);
                yield new Field("result", FieldType.nullable(ArrowType.Struct.INSTANCE), columns);
            }
        };
    }

    /** Names and types in brackets. */
    private List<Field> fields(String what, String noun, Function<String, Field> type) {
        var fields = new ArrayList<Field>();
        tokens.expectSymbol('(');
        if (tokens.acceptSymbol(')')) {
            return List.of();
        }
        do {
            var place = tokens.peek().start();
            var name = tokens.name(what);
            if (fields.stream().anyMatch(field -> field.getName().equalsIgnoreCase(name))) {
                throw tokens.draft().failure(Code.AMBIGUOUS_NAME, noun + " '" + name + "' is named twice", place);
            }
            fields.add(type.apply(name));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(fields);
    }

    private Field parameterType(String name) {
        return tokens.accept("TABLE") ? TableParameter.of(name) : type(name);
    }

    private Field type(String name) {
        return TypeReader.ofValues(tokens).field(name);
    }

    private Tier tier(FunctionKind kind) {
        if (tokens.accept("SHARED")) {
            return Tier.SHARED;
        }
        var place = tokens.peek().start();
        tokens.expect("PROCESS");
        if (kind != FunctionKind.SCALAR) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "Only functions of single rows run in processes of their own: leave ISOLATION PROCESS out",
                            place);
        }
        if (nested) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "Lists, maps and structs do not go to another process: leave ISOLATION PROCESS out",
                            place);
        }
        return Tier.PROCESS;
    }

    private Duration timeout() {
        var place = tokens.peek().start();
        var text = tokens.string("a time such as '5s'");
        var time = TIME.matcher(text);
        var amount = time.matches() ? Long.parseLong(time.group(1)) : 0;
        if (amount == 0) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_VALUE,
                            "'" + text + "' is no time: write a number above 0 and ms, s, m or h, as in '5s'",
                            place);
        }
        return switch (time.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private List<Quoted> quoted(String what) {
        var texts = new ArrayList<Quoted>();
        tokens.expectSymbol('(');
        do {
            var place = tokens.peek().start();
            texts.add(new Quoted(tokens.string(what), place));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(texts);
    }

    private void characteristics(FunctionKind kind) {
        while (true) {
            if (tokens.accept("HANDLER")) {
                handler = Optional.of(tokens.string("a handler"));
            } else if (tokens.accept("DETERMINISTIC") || tokens.accept("IMMUTABLE")) {
                deterministic = true;
            } else if (tokens.accept("VOLATILE") || tokens.accept("STABLE") || tokens.accept("NOT", "DETERMINISTIC")) {
                deterministic = false;
            } else if (tokens.accept("CALLED", "ON", "NULL", "INPUT")) {
                calledOnNull = true;
            } else if (tokens.accept("RETURNS", "NULL", "ON", "NULL", "INPUT") || tokens.accept("STRICT")) {
                calledOnNull = false;
            } else if (tokens.accept("ISOLATION")) {
                tier = Optional.of(tier(kind));
            } else if (tokens.accept("TIMEOUT")) {
                timeout = Optional.of(timeout());
            } else if (tokens.accept("PACKAGES")) {
                packages = quoted("a package, as 'group:artifact:version'");
            } else if (tokens.at("IMPORTS") || tokens.at("USING")) {
                var word = tokens.peek();
                throw tokens.draft()
                        .failure(
                                Code.UNSUPPORTED,
                                word.value() + " is not supported yet: write the source between AS $$ and $$",
                                word.start());
            } else {
                return;
            }
        }
    }
}
