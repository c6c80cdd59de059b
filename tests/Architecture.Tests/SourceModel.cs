using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MarginalConditional.Architecture.Tests;

/// <summary>The sources as the compiler reads them: one compilation of all projects under src, made once for all tests.</summary>
internal static class SourceModel
{
    // What ImplicitUsings of the SDK brings into every file.
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<CSharpCompilation> Whole = new(Compile);

    /// <summary>All sources, with what they refer to.</summary>
    public static CSharpCompilation Compilation => Whole.Value;

    /// <summary>The files under src.</summary>
    public static IEnumerable<SyntaxTree> Trees => Compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    /// <summary>A file's path below the repository, with forward slashes.</summary>
    public static string PathOf(SyntaxTree tree) => Path.GetRelativePath(Repository.Root, tree.FilePath).Replace('\\', '/');

    /// <summary>The type that is not nested in another.</summary>
    public static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type.OriginalDefinition;
    }

    /// <summary>The types declared in the sources, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> Types() => TypesIn(Compilation.Assembly.GlobalNamespace);

    /// <summary>The number of lines of a node.</summary>
    public static int Lines(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type && type.DeclaringSyntaxReferences.Length > 0)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in TypesIn(inner))
                {
                    yield return nested;
                }
            }
        }
    }

    private static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Repository.Sources("src")
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path));
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !IsOwn(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Sources",
            [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings, options)],
            libraries,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
    }

    private static bool IsOwn(string assembly) =>
        assembly == "margcond" || assembly.StartsWith("MarginalConditional", StringComparison.Ordinal);
}
