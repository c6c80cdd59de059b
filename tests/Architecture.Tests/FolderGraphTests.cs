using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MarginalConditional.Architecture.Tests;

/// <summary>The direction in which folders know each other.</summary>
/// <remarks>
/// A folder is one node. The types that stand directly in a project's own folder are its front door (options, fitter, fit):
/// they are read one by one, so each is a node of its own.
/// </remarks>
public sealed class FolderGraphTests
{
    [Fact]
    public void The_sources_are_understood()
    {
        // The generated halves of regular expressions are all that a compilation without generators lacks.
        var errors = SourceModel.Compilation
            .GetDiagnostics()
            .Where(item => item.Severity == DiagnosticSeverity.Error && item.Id != "CS8795");
        Faults.None(errors.Select(item => item.ToString()));
    }

    [Fact]
    public void Folders_know_each_other_in_one_direction()
    {
        var edges = Edges();
        var reached = edges.Keys.Select(edge => edge.From).Distinct(StringComparer.Ordinal).ToDictionary(
            node => node,
            node => Reach(node, edges),
            StringComparer.Ordinal);
        var circles = edges
            .Where(edge => reached.TryGetValue(edge.Key.To, out var beyond) && beyond.Contains(edge.Key.From))
            .Select(edge => $"{edge.Key.From} -> {edge.Key.To}: {string.Join(", ", edge.Value.Take(5))}")
            .Order(StringComparer.Ordinal);
        Faults.None(circles);
    }

    private static Dictionary<(string From, string To), string[]> Edges() => SourceModel.Trees
        .AsParallel()
        .SelectMany(Uses)
        .GroupBy(use => use.Edge, use => use.Files)
        .ToDictionary(edge => edge.Key, edge => edge.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray());

    /// <summary>What the names in a file lead to in other folders.</summary>
    private static List<((string From, string To) Edge, string Files)> Uses(SyntaxTree tree)
    {
        var model = SourceModel.Compilation.GetSemanticModel(tree);
        var uses = new List<((string From, string To) Edge, string Files)>();
        foreach (var name in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
        {
            if (Home(model.GetSymbolInfo(name)) is { } home && Node(home) != Node(tree))
            {
                uses.Add((
                    (Node(tree), Node(home)),
                    $"{Path.GetFileNameWithoutExtension(tree.FilePath)} uses {Path.GetFileNameWithoutExtension(home.FilePath)}"));
            }
        }

        return uses;
    }

    private static HashSet<string> Reach(string start, Dictionary<(string From, string To), string[]> edges)
    {
        var next = edges.Keys.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var node))
        {
            foreach (var target in next[node].Where(reached.Add))
            {
                open.Push(target);
            }
        }

        return reached;
    }

    // The file that declares the type of a symbol; of a type in several files the one with the shortest name.
    private static SyntaxTree? Home(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        return type is null
            ? null
            : SourceModel.Outermost(type).DeclaringSyntaxReferences.Select(part => part.SyntaxTree).MinBy(tree => tree.FilePath.Length);
    }

    private static string Node(SyntaxTree tree)
    {
        var parts = SourceModel.PathOf(tree).Split('/');
        return parts.Length == 3 ? $"{parts[1]}/{parts[2].Split('.')[0]}" : string.Join('/', parts[1..^1]);
    }
}
