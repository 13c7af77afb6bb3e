package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.Declaration.invalid;

import dev.sluice.udf.runtime.ShapeFinder.Misfit;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/** Finds the class that an aggregate function adds rows to, by reading class files. */
final class AggregateHandlers {
    private static final List<String> PARTS = List.of(AggregateClass.ADD, AggregateClass.MERGE, AggregateClass.RESULT);

    private final Declaration declared;
    private final CompiledSource compiled;

    AggregateHandlers(Declaration declared, CompiledSource compiled) {
        this.declared = declared;
        this.compiled = compiled;
    }

    AggregateClass find() {
        var source = declared.source();
        var possible = Handlers.outerClasses(compiled).stream()
                .filter(type -> source.handler()
                        .map(handler -> isNamed(type, handler))
                        .orElseGet(() -> PARTS.stream()
                                .anyMatch(name -> !methods(type, name).isEmpty())))
                .toList();
        if (possible.size() == 1) {
            return read(possible.getFirst());
        }
        var problem = source.handler().isPresent()
                ? "Handler '" + source.handler().get() + "' of aggregate function '" + source.name()
                        + "' is no class of the body"
                : possible.isEmpty()
                        ? "The body of aggregate function '" + source.name() + "' has no class with public methods add,"
                                + " merge and result"
                        : "The body of aggregate function '" + source.name() + "' has several classes that may be"
                                + " meant; name one with HANDLER";
        throw invalid(problem, Optional.empty()).exception();
    }

    private static boolean isNamed(ClassModel type, String handler) {
        var name = type.thisClass().asSymbol();
        return handler.equals(name.displayName())
                || handler.equals(type.thisClass().asInternalName().replace('/', '.'));
    }

    private List<UserMethod> methods(ClassModel type, String name) {
        return Handlers.methods(type, compiled, Handlers.Call.ON_AN_OBJECT)
                .filter(method -> method.name().equals(name))
                .toList();
    }

    private AggregateClass read(ClassModel type) {
        var owner = type.thisClass().asSymbol();
        requireConstructor(type, owner);
        requireMerge(type, owner);
        var add = add(type, owner);
        var result = result(type, owner);
        try {
            return new AggregateClass(owner, add, declared.parameters(add), result, declared.result(result));
        } catch (Misfit misfit) {
            throw invalid(misfit.getMessage(), result.position()).exception();
        }
    }

    private void requireConstructor(ClassModel type, ClassDesc owner) {
        var instantiable = !type.flags().has(AccessFlag.ABSTRACT)
                && type.methods().stream()
                        .anyMatch(method -> method.methodName().equalsString(ConstantDescs.INIT_NAME)
                                && method.methodTypeSymbol().parameterCount() == 0
                                && !method.flags().has(AccessFlag.PRIVATE));
        if (!instantiable) {
            throw misfit(owner, "needs a public constructor without parameters, which makes an empty group", type);
        }
    }

    private void requireMerge(ClassModel type, ClassDesc owner) {
        var merges = methods(type, AggregateClass.MERGE).stream()
                .anyMatch(method -> method.type().parameterList().equals(List.of(owner))
                        && method.type().returnType().equals(ConstantDescs.CD_void));
        if (!merges) {
            throw misfit(
                    owner,
                    "needs a method public void merge(" + owner.displayName()
                            + " other), which adds the other's rows and leaves it as it is",
                    type);
        }
    }

    private UserMethod add(ClassModel type, ClassDesc owner) {
        var adds = methods(type, AggregateClass.ADD);
        var fitting = adds.stream()
                .filter(method -> method.type().returnType().equals(ConstantDescs.CD_void))
                .filter(method -> declared.misfitOfParameters(method).isEmpty())
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (adds.isEmpty()) {
            throw misfit(owner, "needs a method public void add(…), which takes a row", type);
        }
        var nearest = adds.getFirst();
        throw invalid(
                        declared.misfitOfParameters(nearest)
                                .orElse(
                                        fitting.isEmpty()
                                                ? "Method " + nearest.describe() + " of aggregate function '"
                                                        + declared.source().name() + "' returns something: it is void"
                                                : "Class " + owner.displayName() + " of aggregate function '"
                                                        + declared.source().name()
                                                        + "' has several methods add that fit"),
                        nearest.position())
                .exception();
    }

    private UserMethod result(ClassModel type, ClassDesc owner) {
        return methods(type, AggregateClass.RESULT).stream()
                .filter(method -> method.parameters().isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> misfit(owner, "needs a method public … result(), which gives the group's value", type));
    }

    private RuntimeException misfit(ClassDesc owner, String what, ClassModel type) {
        var place = PARTS.stream()
                .flatMap(name -> methods(type, name).stream())
                .findFirst()
                .flatMap(UserMethod::position);
        return invalid(
                        "Class " + owner.displayName() + " of aggregate function '"
                                + declared.source().name() + "' " + what,
                        place)
                .exception();
    }
}
