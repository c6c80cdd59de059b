using System.Collections.Frozen;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>
/// What the columns of a frame are, as their file says (SAS transport, Stata, Dataset-JSON): "Age at baseline, years" for AGE. Levels that
/// have labels in the file are named by them already.
/// </summary>
public sealed class VariableLabels
{
    private readonly FrozenDictionary<string, string> pieces;

    private VariableLabels(IReadOnlyList<(string Variable, string Label)> variables, Dictionary<string, string> pieces)
    {
        Variables = variables;
        this.pieces = pieces.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Of a frame whose file has no labels, or that was not read from one.</summary>
    public static VariableLabels None { get; } = new([], []);

    /// <summary>The columns with a label, in the order in which the formula and the roles name them.</summary>
    public IReadOnlyList<(string Variable, string Label)> Variables { get; }

    /// <summary>A coefficient's name in the words of the labels; null where no variable in it has one.</summary>
    /// <param name="term">The name, such as <c>ARMActive:AVISITN</c>.</param>
    /// <returns>Such as <c>Planned arm: Active × Visit number</c>. What is computed of a variable stays as the formula has it.</returns>
    public string? Of(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var words = new List<string>();
        var (start, found) = (0, false);
        while (start <= term.Length)
        {
            var (end, word) = Piece(term, start);
            found |= word is not null;
            words.Add(word ?? term[start..end]);
            start = end + 1;
        }

        return found ? string.Join(" \u00D7 ", words) : null;
    }

    /// <summary>The labels of some columns of a table.</summary>
    /// <param name="data">The table, its levels as they are coded.</param>
    /// <param name="columns">The columns, as the formula and the roles name them.</param>
    internal static VariableLabels Of(Dataset data, IEnumerable<string> columns)
    {
        var variables = new List<(string Variable, string Label)>();
        var pieces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns.Distinct(StringComparer.Ordinal).Select(data.Find))
        {
            if (column?.Label is { } label && !string.IsNullOrWhiteSpace(label) && label != column.Name)
            {
                variables.Add((column.Name, label));
                pieces[column.Name] = label;
                foreach (var level in (column as FactorColumn)?.Levels ?? [])
                {
                    pieces.TryAdd(column.Name + level, $"{label}: {level}");
                }
            }
        }

        return variables.Count == 0 ? None : new VariableLabels(variables, pieces);
    }

    /// <summary>The longest known piece that ends at a colon or at the name's end; else what goes up to the next colon.</summary>
    private (int End, string? Word) Piece(string term, int start)
    {
        for (var end = term.Length; end > start; end--)
        {
            if ((end == term.Length || term[end] == ':') && pieces.TryGetValue(term[start..end], out var word))
            {
                return (end, word);
            }
        }

        var colon = term.IndexOf(':', start);
        return (colon < 0 ? term.Length : colon, null);
    }
}
