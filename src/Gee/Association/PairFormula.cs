using System.Text.RegularExpressions;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Gee.Association;

/// <summary>A formula on the pairs of rows of a cluster, which gives the covariates of their log odds ratio.</summary>
/// <remarks>
/// It is read like any other, on a table with one row a pair, where these variables stand: <c>lag</c>, the distance in waves; <c>pair</c>,
/// the two waves; and for a column v of the data <c>same(v)</c>, 1 if both rows have the same value and 0 if not, <c>distance(v)</c> = |v_j
/// − v_k|,
/// <c>sum(v)</c> = v_j + v_k and <c>product(v)</c> = v_j v_k. All are symmetric: the order of the two rows does not matter.
/// </remarks>
public sealed partial class PairFormula
{
    private const string Response = "pairs";
    private const string Known = "A formula on pairs may use lag, pair, and same(v), distance(v), sum(v) and product(v) of a column v, "
        + "such as \"~ same(ward) + distance(age)\".";

    private readonly Formula formula;
    private readonly Dictionary<string, (string Function, string Column)> functions;

    private PairFormula(Formula formula, Dictionary<string, (string Function, string Column)> functions)
    {
        this.formula = formula;
        this.functions = functions;
    }

    /// <summary>The columns of the data that the formula computes with; the frame's request has to name them as auxiliary.</summary>
    public IReadOnlyList<string> Columns =>
        [.. functions.Values.Where(call => call.Function != "same").Select(call => call.Column).Distinct(StringComparer.Ordinal)];

    /// <summary>The columns that the formula only compares; the frame's request has to name them as auxiliary groupings.</summary>
    public IReadOnlyList<string> Groupings =>
        [.. functions.Values.Select(call => call.Column).Except(Columns, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads the right side of a formula, with or without its tilde.</summary>
    /// <exception cref="InputException">The text is not a formula, or uses what pairs do not have.</exception>
    public static PairFormula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var functions = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var right = Calls().Replace(text.Trim().TrimStart('~'), match =>
        {
            var column = match.Groups["column"].Value;
            var name = $"{match.Groups["function"].Value}({column})";
            functions[name] = (match.Groups["function"].Value, column);
            return $"`{name}`";
        });
        var formula = FormulaParser.Parse($"{Response} ~ {right}");
        foreach (var name in formula.Variables)
        {
            if (name is not (Response or "lag" or "pair") && !functions.ContainsKey(name))
            {
                throw new InputException($"\"{name}\" is not a variable of pairs.") { Hint = Known };
            }
        }

        return formula.RandomTerms.Count == 0 && formula.Offsets.Count == 0
            ? new PairFormula(formula, functions)
            : throw new InputException("A formula on pairs has neither random parts nor offsets.") { Hint = Known };
    }

    /// <summary>The covariates of all pairs of a frame.</summary>
    /// <exception cref="InputException">A column of categories is used as a number, or a covariate is redundant.</exception>
    public PairDesign Design(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var count = PairDesign.CountPairs(frame);
        var columns = new List<Column> { new NumericColumn(Response, [.. Enumerable.Range(0, count).Select(pair => (double)pair)]) };
        foreach (var name in formula.Variables.Where(name => name != Response))
        {
            columns.Add(functions.TryGetValue(name, out var call) ? Values(frame, count, name, call.Function, frame.Auxiliary(call.Column))
                : name == "lag" ? Lags(frame, count)
                : Labels(frame, count));
        }

        var request = new FrameRequest
        {
            Formula = formula,
        };
        var design = ModelFrameBuilder.Build(new Dataset("the pairs of rows", columns), request);
        if (design.Design.Columns == 0)
        {
            throw new InputException($"No term of the formula on pairs \"{formula.Text}\" is different from 0 in any pair.")
            {
                Hint = "Keep its intercept: leave out \"0 +\" or \"- 1\".",
            };
        }

        var rowOf = new int[count];
        for (var row = 0; row < count; row++)
        {
            rowOf[design.RowOrder[row]] = row;
        }

        string[] names = [.. design.Design.Names.Select(name => functions.Keys.Aggregate(
            name,
            (text, call) => text.Replace($"`{call}`", call, StringComparison.Ordinal)))];
        var pair = 0;
        return PairDesign.Create(frame, names, (_, _, covariates) =>
        {
            for (var column = 0; column < covariates.Length; column++)
            {
                covariates[column] = design.Design.Column(column)[rowOf[pair]];
            }

            pair++;
        });
    }

    private static NumericColumn Lags(ModelFrame frame, int count) =>
        Fill("lag", frame, count, (j, k) => Math.Abs(frame.Waves[k] - frame.Waves[j]));

    private static NumericColumn Values(ModelFrame frame, int count, string name, string function, Column column)
    {
        if (function == "same")
        {
            return column is FactorColumn factor
                ? Fill(name, frame, count, (j, k) => factor.Codes[j] == factor.Codes[k] ? 1 : 0)
                : Fill(name, frame, count, (j, k) => ((NumericColumn)column).Values[j] == ((NumericColumn)column).Values[k] ? 1 : 0);
        }

        if (column is not NumericColumn numeric)
        {
            throw new InputException($"{name} needs numbers, and the column \"{column.Name}\" has categories.")
            {
                Hint = $"same({column.Name}) takes categories.",
            };
        }

        return function switch
        {
            "distance" => Fill(name, frame, count, (j, k) => Math.Abs(numeric.Values[j] - numeric.Values[k])),
            "sum" => Fill(name, frame, count, (j, k) => numeric.Values[j] + numeric.Values[k]),
            _ => Fill(name, frame, count, (j, k) => numeric.Values[j] * numeric.Values[k]),
        };
    }

    private static NumericColumn Fill(string name, ModelFrame frame, int count, Func<int, int, double> value)
    {
        var values = new double[count];
        var at = 0;
        PairDesign.ForEach(frame, (j, k) => values[at++] = value(j, k));
        return new NumericColumn(name, values);
    }

    private static FactorColumn Labels(ModelFrame frame, int count)
    {
        var numbers = new Dictionary<(int, int), int>();
        var labels = new List<string>();
        var waves = new List<(int, int)>();
        var codes = new int[count];
        var at = 0;
        PairDesign.ForEach(frame, (j, k) =>
        {
            var pair = (frame.Waves[j], frame.Waves[k]);
            if (!numbers.TryGetValue(pair, out codes[at]))
            {
                codes[at] = labels.Count;
                numbers.Add(pair, codes[at]);
                waves.Add(pair);
                labels.Add($"{Label(frame, j)}-{Label(frame, k)}");
            }

            at++;
        });
        int[] order = [.. Enumerable.Range(0, labels.Count).OrderBy(code => waves[code])];
        var rank = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            rank[order[place]] = place;
        }

        return new FactorColumn("pair", [.. codes.Select(code => rank[code])], [.. order.Select(code => labels[code])]);
    }

    private static string Label(ModelFrame frame, int row) =>
        frame.Waves[row] < frame.WaveLabels.Count
            ? frame.WaveLabels[frame.Waves[row]]
            : FormattableString.Invariant($"{frame.Waves[row] + 1}");

    [GeneratedRegex(
        @"\b(?<function>same|distance|sum|product)\s*\(\s*(?:`(?<column>[^`]+)`|(?<column>[\p{L}._][\p{L}\p{Nd}._]*))\s*\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Calls();
}
