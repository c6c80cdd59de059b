using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MarginalConditional.Architecture.Tests;

/// <summary>Every public type has an example: its own, or that of a type that takes it or hands it out; and examples compile.</summary>
public sealed partial class DocumentedExamplesTests
{
    private static readonly string[] Libraries =
    [
        "Data", "Statistics", "Gee", "Mixed", "Glmm", "Lmm", "Imputation", "Means", "Meta", "Profiling", "Compare", "Report", "Properties",
    ];

    /// <summary>Parts of the machinery that are public because other libraries of ours work with them.</summary>
    private static readonly HashSet<string> Machinery = new(StringComparer.Ordinal)
    {
        "BaselineScale", "CalibrationTarget", "IccScale", "ChildException", "RowJournal", "FactorEntry", "FactorLayout", "SignedRoot",
        "VarianceLabel", "LargestModulus", "LogitAttenuation", "ClimbRules", "IObjective", "NewtonClimb", "QuasiNewton",
        "QuasiNewtonControl", "ScaleNames", "StandardizedResults", "EffectScale", "ChildPool", "InformativeTrial", "InformativeTruth",
        "LadderAnswer", "ReplicateTable", "WorkingModel", "ReferenceGrid", "InterceptLikelihood", "InterceptModel", "CrossedClusters",
        "CrossedLayout", "CrossedMemory", "CrossedSolver", "CrossedSystem", "KnownGroups", "WholeCounts", "TransformedMean",
        "OptimizerResult", "CategoryTerms", "CumulativeMean", "RowSides", "SeparationSentence",
    };

    private static readonly Type[] Public =
        [.. Libraries.SelectMany(library => Assembly.Load("MarginalConditional." + library).GetExportedTypes())];

    private static readonly string[] Shown = [.. Sources()
        .Where(path => File.ReadAllText(path).Contains("<example>", StringComparison.Ordinal))
        .Select(path => Path.GetRelativePath(Repository.Root, path))];

    public static TheoryData<string> Examples() => [.. Shown];

    /// <summary>
    /// A type is met where a type with an example takes it or hands it out, at once or by what that hands out. One that asks something of
    /// such a type is met only in its own folder's example: whoever wants a profile of a fit has to see a profile called.
    /// </summary>
    [Fact]
    public void Every_public_type_is_met_in_an_example_or_through_a_type_that_has_one()
    {
        var shown = Shown.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.Ordinal);
        var folders = Public.Where(type => shown.Contains(NameOf(type))).Select(type => type.Namespace).ToHashSet(StringComparer.Ordinal);
        var reached = new HashSet<Type>();
        var waiting = new Queue<Type>(Public.Where(type => folders.Contains(type.Namespace)));
        while (waiting.TryDequeue(out var type))
        {
            if (reached.Add(type))
            {
                foreach (var next in Met(type))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        var unmet = Public.Where(type => !reached.Contains(type)).ToList();
        var stale = string.Join(", ", Machinery.Except(unmet.Select(type => type.Name)).Order(StringComparer.Ordinal));
        Assert.True(stale.Length == 0, $"An example meets what the list names: {stale}");
        string[] missed =
            [.. unmet.Where(type => !Machinery.Contains(type.Name)).Select(type => type.FullName!).Order(StringComparer.Ordinal)];
        Assert.True(missed.Length == 0, $"{missed.Length} types without an example, such as:\n{string.Join('\n', missed)}");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles(string path)
    {
        foreach (Match example in Example().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))))
        {
            var code = System.Net.WebUtility.HtmlDecode(
                string.Join('\n', example.Groups["code"].Value.Split('\n').Select(line => Margin().Replace(line, string.Empty))));
            var compilation = CSharpCompilation.Create(
                "Example",
                [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(ImplicitUsings)],
                References.Value,
                new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
            string[] faults = [.. compilation.GetDiagnostics().Where(one => one.Severity >= DiagnosticSeverity.Warning)
                .Select(one => one.ToString())];
            Assert.True(faults.Length == 0, $"{path}\n{string.Join('\n', faults)}\n{code}");
        }
    }

    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; "
        + "global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("margcond", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private static IEnumerable<string> Sources() => Libraries.SelectMany(library => Repository.Sources(Path.Combine("src", library)));

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    /// <summary>The public types that a type's public members, bases and cases show.</summary>
    private static IEnumerable<Type> Met(Type type)
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> all =
        [
            .. type.GetMethods(Members).SelectMany(method => method.GetParameters().Select(one => one.ParameterType)
                .Append(method.ReturnType)),
            .. type.GetConstructors(Members).SelectMany(method => method.GetParameters().Select(one => one.ParameterType)),
            .. type.GetProperties(Members).Select(property => property.PropertyType),
            .. type.GetFields(Members).Select(field => field.FieldType),
            .. type.GetInterfaces(),
            .. type.BaseType is { } root ? new[] { root } : [],
            .. type.DeclaringType is { } outer ? new[] { outer } : [],
            .. type.GetNestedTypes(),

            // What can stand where the type is asked for.
            .. Public.Where(other => other.BaseType == type || other.GetInterfaces().Contains(type)),
        ];
        return all.SelectMany(Parts).Where(Public.Contains);
    }

    /// <summary>A type without by-reference, array and generic wrapping.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];

    [GeneratedRegex(
        "/// <example>\\s*/// <code>\\n(?<code>.*?)\\n\\s*/// </code>",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Example();

    [GeneratedRegex("^\\s*/// ?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Margin();
}
