using Microsoft.CodeAnalysis;

namespace MarginalConditional.Architecture.Tests;

/// <summary>How large types may be, and which need tests of their own.</summary>
public sealed class TypeTests
{
    /// <summary>A type that is longer, over all its files, holds more than one idea.</summary>
    private const int LongestType = 400;

    /// <summary>An internal type of so many lines that computes is a kernel: a test names it.</summary>
    private const int Kernel = 130;

    [Fact]
    public void Types_hold_one_idea() =>
        Faults.None(SourceModel.Types()
            .Select(type => (Name: type.ToDisplayString(), Lines: Lines(type)))
            .Where(type => type.Lines > LongestType)
            .Select(type => $"{type.Name} has {type.Lines} lines over all its parts"));

    [Fact]
    public void Every_kernel_is_named_by_a_test()
    {
        var tests = string.Join('\n', Repository.Sources("tests").Select(File.ReadAllText));
        Faults.None(SourceModel.Types()
            .Where(type => type.ContainingType is null && type.DeclaredAccessibility == Accessibility.Internal)
            .Where(type => !type.ContainingNamespace.ToDisplayString().StartsWith("MarginalConditional.Cli", StringComparison.Ordinal))
            .Where(type => Lines(type) >= Kernel && !tests.Contains(type.Name, StringComparison.Ordinal))
            .Select(type => $"{type.ToDisplayString()} has {Lines(type)} lines and no test names it"));
    }

    // The cases of a closed choice, nested in it, count one by one.
    private static int Lines(INamedTypeSymbol type) =>
        Parts(type) - type
            .GetTypeMembers()
            .Where(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType?.OriginalDefinition, type))
            .Sum(Parts);

    private static int Parts(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Sum(part => SourceModel.Lines(part.GetSyntax()));
}
