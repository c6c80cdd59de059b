using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MarginalConditional.Architecture.Tests;

/// <summary>The one dialect of the sources.</summary>
public sealed class SpellingTests
{
    /// <summary>The columns of a line, as in .editorconfig.</summary>
    private const int Columns = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    public void Lines_fit_a_screen(string folder) =>
        Faults.None(Repository.Sources(folder)
            .SelectMany(path => File.ReadLines(path)
                .Select((line, number) => (Path: Path.GetRelativePath(Repository.Root, path), Number: number + 1, line.Length)))
            .Where(line => line.Length > Columns)
            .Select(line => $"{line.Path}:{line.Number} has {line.Length} columns"));

    [Fact]
    public void Products_in_sums_stand_in_parentheses() =>
        Faults.None(Repository.Sources("src").Concat(Repository.Sources("tests"))
            .SelectMany(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), new CSharpParseOptions(LanguageVersion.Preview), path)
                .GetRoot()
                .DescendantNodes()
                .OfType<BinaryExpressionSyntax>()
                .Where(IsBareProductInSum)
                .Select(product => $"{Path.GetRelativePath(Repository.Root, path)}:{Line(product)} writes {product} without parentheses")));

    [Fact]
    public void A_transpose_is_a_superscript() =>
        Faults.None(Repository.Sources("src")
            .SelectMany(path => File.ReadLines(path)
                .Select((line, number) => (Path: Path.GetRelativePath(Repository.Root, path), Number: number + 1, Text: line.TrimStart())))
            .Where(line => line.Text.StartsWith("//", StringComparison.Ordinal) && PrimedProduct(line.Text))
            .Select(line => $"{line.Path}:{line.Number} writes a transpose with a prime"));

    // X'V, Z'Z, D'y: a prime between two letters of which the first is a capital on its own; not the genitive of a name.
    private static bool PrimedProduct(string text)
    {
        for (var i = 1; i + 1 < text.Length; i++)
        {
            var alone = i == 1 || !char.IsLetterOrDigit(text[i - 2]);
            if (text[i] == '\'' && char.IsUpper(text[i - 1]) && alone && (IsMatrix(text, i + 1) || char.IsDigit(text[i + 1])))
            {
                return true;
            }
        }

        return false;
    }

    // A capital that no small letter follows: not the C of O'Connell.
    private static bool IsMatrix(string text, int at) => char.IsUpper(text[at]) && (at + 1 == text.Length || !char.IsLower(text[at + 1]));

    private static bool IsBareProductInSum(BinaryExpressionSyntax node) =>
        node.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression
        && node.Parent is BinaryExpressionSyntax sum
        && sum.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression;

    private static int Line(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}
