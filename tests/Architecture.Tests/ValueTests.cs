using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Architecture.Tests;

/// <summary>Fits are values: whatever can be reached from one through fields cannot change.</summary>
/// <remarks>
/// The walk goes by the declared types of fields, into every case of an abstract type of ours. Arrays may stand in fields, since
/// nobody outside sees them but as spans; what caches, fills or computes later may not. What a search hands to its caller is the
/// caller's to go on with, and no value: the folder of searches is left out.
/// </remarks>
public sealed class ValueTests
{
    private static readonly string[] Libraries =
        ["Data", "Statistics", "Gee", "Mixed", "Glmm", "Lmm", "Imputation", "Meta", "Profiling", "Compare", "Report"];

    private static readonly string[] Endings =
        ["Fit", "Inference", "Comparison", "Profiles", "Marginals", "Coefficients", "Means", "Result", "Frame", "Prediction"];

    private static readonly Type[] Containers =
    [
        typeof(IReadOnlyList<>),
        typeof(IReadOnlyCollection<>),
        typeof(IReadOnlyDictionary<,>),
        typeof(IReadOnlySet<>),
        typeof(IEnumerable<>),
        typeof(ImmutableArray<>),
        typeof(FrozenDictionary<,>),
        typeof(FrozenSet<>),
        typeof(KeyValuePair<,>),
        typeof(Nullable<>),
        typeof(Vector256<>),
    ];

    private static readonly Type[] Ours =
        [.. Libraries.Select(library => Assembly.Load("MarginalConditional." + library)).SelectMany(assembly => assembly.GetTypes())];

    public static TheoryData<Type> Values() =>
        [.. Ours.Where(type =>
            type is { IsVisible: true, IsClass: true, IsAbstract: false, Namespace: not "MarginalConditional.Statistics.Optimization" }
                && Endings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)))];

    [Fact]
    public void The_fits_are_among_the_values()
    {
        var names = Ours.Where(type => type.IsVisible && type.Name.EndsWith("Fit", StringComparison.Ordinal))
            .Select(type => type.Name)
            .ToArray();
        Assert.Superset(
            new HashSet<string>(["GeeFit", "GlmmFit", "LmmFit", "MetaAnalysisFit", "AssociationFit", "DropoutFit"], StringComparer.Ordinal),
            names.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A line of its own, rather than the name of the type or a record's list of everything.</summary>
    [Fact]
    public void A_fit_says_in_one_line_what_it_is()
    {
        string[] silent = [.. Ours.Where(type => type is { IsVisible: true, IsClass: true, IsAbstract: false }
                && (type.Name.EndsWith("Fit", StringComparison.Ordinal) || type.Name.EndsWith("Inference", StringComparison.Ordinal)
                    || type.Name is "ModelComparison" or "PersonComparison" or "OrdinalComparison" or "StudyResult" or "EstimatedMeans"
                        or "UnitProfiles" or "ModelFrame" or "Dataset" or "Convergence"))
            .Where(type => type.GetMethod("ToString", Type.EmptyTypes) is not { } method || method.DeclaringType == typeof(object)
                || method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null)
            .Select(type => type.FullName!)];
        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Nothing_that_changes_is_reachable_from_a_value(Type value)
    {
        var faults = new List<string>();
        Walk(value, value.Name, [], faults);
        Faults.None(faults);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_shows_arrays_as_spans_or_lists(Type value) =>
        Faults.None(value.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType.IsArray && property.GetMethod is { IsPublic: true })
            .Select(property => $"{value.Name}.{property.Name} hands out its array"));

    private static void Walk(Type type, string path, HashSet<Type> seen, List<string> faults)
    {
        if (type.IsArray)
        {
            Walk(type.GetElementType()!, path + "[]", seen, faults);
            return;
        }

        if (type.IsGenericType && Containers.Contains(type.GetGenericTypeDefinition()))
        {
            foreach (var argument in type.GetGenericArguments())
            {
                Walk(argument, path + "<>", seen, faults);
            }

            return;
        }

        if (IsSimple(type) || !seen.Add(type))
        {
            return;
        }

        if (!Ours.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            && !type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal))
        {
            faults.Add($"{path} is a {type}, which may change");
            return;
        }

        foreach (var field in Fields(type))
        {
            if (!field.IsInitOnly && !type.IsValueType)
            {
                faults.Add($"{path}.{field.Name} can be written");
            }

            Walk(field.FieldType, $"{path}.{field.Name}", seen, faults);
        }

        foreach (var special in Ours.Where(other => other != type && (type.IsAbstract || type.IsInterface) && type.IsAssignableFrom(other)))
        {
            Walk(special, $"{path}({special.Name})", seen, faults);
        }
    }

    // Functions given by the caller (how a cluster is labelled) count as simple: what they hold is theirs.
    private static bool IsSimple(Type type) =>
        type.IsPrimitive
            || type.IsEnum
            || type == typeof(string)
            || type == typeof(TimeSpan)
            || type == typeof(object)
            || type == typeof(Type)
            || typeof(Delegate).IsAssignableFrom(type);

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
