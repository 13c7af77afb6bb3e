package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.Declaration.invalid;

import dev.sluice.core.Failure;
import dev.sluice.udf.Udf;
import dev.sluice.udf.Unscaled;
import dev.sluice.udf.runtime.ShapeFinder.Misfit;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what a function calls, by reading class files: no class of the user's is loaded for it. */
final class Handlers {
    private static final String UDF = Udf.class.descriptorString();
    private static final String UNSCALED = Unscaled.class.descriptorString();

    private Handlers() {}

    static Handler find(Declaration declared, CompiledSource compiled) {
        return switch (declared.source().kind()) {
            case SCALAR -> method(declared.source(), compiled, declared::scalar);
            case AGGREGATE -> new AggregateHandlers(declared, compiled).find();
            case TABLE -> new TableHandlers(declared, compiled).find();
        };
    }

    /** Fits a method to a declaration. */
    interface Fitting<H extends Handler> {
        H fit(UserMethod method) throws Misfit;
    }

    /** The method of the body that is meant and fits. */
    static <H extends Handler> H method(UdfSource source, CompiledSource compiled, Fitting<H> fitting) {
        var named = choose(source, staticMethods(compiled));
        var fitted = new ArrayList<H>();
        var methods = new ArrayList<UserMethod>();
        var misfits = new ArrayList<String>();
        for (var method : named) {
            try {
                fitted.add(fitting.fit(method));
                methods.add(method);
            } catch (Misfit misfit) {
                misfits.add(misfit.getMessage());
            }
        }
        if (fitted.size() > 1) {
            throw ambiguous(source, methods).exception();
        }
        return fitted.stream()
                .findFirst()
                .orElseThrow(() ->
                        invalid(misfits.getFirst(), named.getFirst().position()).exception());
    }

    static List<UserMethod> staticMethods(CompiledSource compiled) {
        return outerClasses(compiled).stream()
                .flatMap(type -> methods(type, compiled, Call.STATIC))
                .toList();
    }

    /**
     * The overloads of one name: as the handler says, else the marked, else the only one, else by the function's name.
     */
    private static List<UserMethod> choose(UdfSource source, List<UserMethod> all) {
        if (source.handler().isPresent()) {
            var handler = source.handler().get();
            var named = keep(all, method -> method.isNamed(handler));
            if (named.isEmpty()) {
                throw invalid(
                                "Handler '" + handler + "' of function '" + source.name()
                                        + "' is no public static method of the body; there " + candidates(all),
                                Optional.empty())
                        .exception();
            }
            return named;
        }
        if (all.isEmpty()) {
            throw invalid("The body of function '" + source.name() + "' has no public static method", Optional.empty())
                    .exception();
        }
        var marked = keep(all, UserMethod::marked);
        var possible = marked.isEmpty() ? all : marked;
        if (possible.stream().map(UserMethod::name).distinct().count() == 1) {
            return possible;
        }
        var named = keep(possible, method -> method.name().equalsIgnoreCase(source.name()));
        if (named.isEmpty()) {
            throw ambiguous(source, possible).exception();
        }
        return named;
    }

    private static Failure ambiguous(UdfSource source, List<UserMethod> methods) {
        return invalid(
                "The body of function '" + source.name()
                        + "' has several methods to call; name one with HANDLER: there " + candidates(methods),
                methods.getFirst().position());
    }

    private static String candidates(List<UserMethod> methods) {
        return methods.isEmpty()
                ? "is none"
                : "are "
                        + String.join(
                                ", ", methods.stream().map(UserMethod::describe).toList());
    }

    private static List<UserMethod> keep(List<UserMethod> methods, Predicate<UserMethod> which) {
        return methods.stream().filter(which).toList();
    }

    /** How a method is called. */
    enum Call {
        STATIC,
        ON_AN_OBJECT
    }

    /** The classes that are not inside others. */
    static List<ClassModel> outerClasses(CompiledSource compiled) {
        return compiled.classes().values().stream()
                .map(ClassFile.of()::parse)
                .filter(type -> type.findAttribute(Attributes.nestHost()).isEmpty())
                .toList();
    }

    /** The public methods of a class that are called in one way. */
    static Stream<UserMethod> methods(ClassModel type, CompiledSource compiled, Call call) {
        return type.methods().stream()
                .filter(method -> method.flags().has(AccessFlag.PUBLIC)
                        && method.flags().has(AccessFlag.STATIC) == (call == Call.STATIC)
                        && !method.flags().has(AccessFlag.SYNTHETIC))
                .map(method -> read(type, method, compiled));
    }

    private static UserMethod read(ClassModel type, MethodModel method, CompiledSource compiled) {
        var owner = type.thisClass().asSymbol();
        var name = method.methodName().stringValue();
        var signature = method.methodTypeSymbol();
        var key = new CompiledSource.MethodKey(owner.displayName(), name, signature.parameterCount());
        var annotations = method.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(RuntimeInvisibleAnnotationsAttribute::annotations)
                .orElse(List.of());
        var generic = method.findAttribute(Attributes.signature())
                .map(SignatureAttribute::asMethodSignature)
                .orElseGet(() -> MethodSignature.of(signature));
        return new UserMethod(
                owner,
                name,
                signature,
                parameters(method, generic),
                new JavaType(generic.result(), has(annotations, UNSCALED)),
                has(annotations, UDF),
                Optional.ofNullable(compiled.methods().get(key)));
    }

    private static List<JavaType> parameters(MethodModel method, MethodSignature generic) {
        var annotations = method.findAttribute(Attributes.runtimeInvisibleParameterAnnotations())
                .map(RuntimeInvisibleParameterAnnotationsAttribute::parameterAnnotations)
                .orElse(List.of());
        var types = generic.arguments();
        return IntStream.range(0, types.size())
                .mapToObj(i -> new JavaType(types.get(i), i < annotations.size() && has(annotations.get(i), UNSCALED)))
                .toList();
    }

    private static boolean has(List<Annotation> annotations, String descriptor) {
        return annotations.stream().map(Annotation::className).anyMatch(type -> type.equalsString(descriptor));
    }
}
