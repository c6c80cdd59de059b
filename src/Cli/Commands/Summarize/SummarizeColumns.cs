using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Simulation.Summaries;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>The options of <c>summarize</c> that say where the numbers stand, and how they are read.</summary>
internal sealed class SummarizeColumns
{
    /// <summary>What programs write where an estimate ran away: no number to average.</summary>
    private static readonly string[] Infinities = ["Inf", "-Inf", "inf", "-inf", "Infinity", "-Infinity"];

    private readonly Option<string> estimate = Required("--estimate", "Column of the estimates.");
    private readonly Option<string?> error = Column("--se", "Column of their standard errors.");
    private readonly Option<string?> truth = new("--truth")
    {
        Description = "What is estimated: a number, or a column where it differs between rows.",
        HelpName = "X|COLUMN",
    };
    private readonly Option<string?> by = new("--by")
    {
        Description = "Columns that tell scenarios apart, the last one varying fastest; one that is named method tells methods apart.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> method = new("--method")
    {
        Description = "Column (or columns) of the method; by default the one of --by that is named method.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> replicate = Column(
        "--replicate", "Column of the replicate, by which estimates of different methods belong together.");
    private readonly Option<string?> lower = Column("--lower", "Column of lower limits, instead of intervals made of --se.");
    private readonly Option<string?> upper = Column("--upper", "Column of upper limits.");
    private readonly Option<string?> degrees = Column("--df", "Column of degrees of freedom of the intervals; missing is the normal.");
    private readonly Option<string?> probability = Column(
        "--p", "Column of p-values, which say what is rejected instead of the intervals.");
    private readonly Option<string?> converged = Column(
        "--converged", "Column that says how each fit ended: true or false, 1 or 0, yes or no, converged, warned or failed.");

    /// <summary>The data file and how to read it.</summary>
    public DataOptions Data { get; } = new();

    /// <summary>Adds the data argument and the options of the columns.</summary>
    public void AddTo(DocumentedCommand command)
    {
        command.Arguments.Add(Data.Path);
        command.AddGroup("Estimates", estimate, error, truth, by, method, replicate);
        command.AddGroup("Intervals and tests", lower, upper, degrees, probability, converged);
    }

    /// <summary>Refuses columns that change nothing.</summary>
    public void RefuseIdle(Command command)
    {
        command.HasEffect(
            degrees,
            result => result.GetValue(error) is not null && result.GetValue(lower) is null,
            "without --se, or beside --lower and --upper, which are the intervals");
        command.Check(result =>
        {
            if (result.GetValue(lower) is null != (result.GetValue(upper) is null))
            {
                result.AddError("--lower and --upper belong together: an interval has both limits.\nGive both, or leave both out.");
            }
        });
    }

    /// <summary>Whether a column tells replicates apart.</summary>
    public bool NamesReplicates(CommandResult result) => result.GetValue(replicate) is not null;

    /// <summary>Reads the estimates.</summary>
    /// <exception cref="InputException">A column is missing or cannot be read, or a replicate is there twice.</exception>
    public (EstimateRows Rows, DataArguments Data) Read(ParseResult parse)
    {
        var arguments = Data.Read(parse);
        var factors = List(parse.GetValue(by));
        var methods = parse.GetValue(method) is { } named
            ? List(named)
            : [.. factors.Where(name => string.Equals(name, "method", StringComparison.OrdinalIgnoreCase))];
        factors = [.. factors.Except(methods, StringComparer.Ordinal)];
        var groups = ReadLabels(arguments, parse, [.. factors, .. methods]);
        var numbers = ReadNumbers(arguments, parse);
        var rows = new EstimateRows
        {
            Name = Path.GetFileNameWithoutExtension(arguments.Path),
            Factors = [.. factors.Select(name => Label(groups, name))],
            Method = methods.Length == 0 ? null : Joined([.. methods.Select(name => Label(groups, name))]),
            Replicate = parse.GetValue(replicate) is { } id ? Label(groups, id) : null,
            Values = Numbers(numbers, parse.GetRequiredValue(estimate), estimate),
            Errors = NumbersOf(numbers, parse, error),
            DegreesOfFreedom = NumbersOf(numbers, parse, degrees),
            Lower = NumbersOf(numbers, parse, lower),
            Upper = NumbersOf(numbers, parse, upper),
            Probabilities = NumbersOf(numbers, parse, probability),
            Truths = parse.GetValue(truth) is { } text ? Truths(numbers, text) : null,
            Outcomes = parse.GetValue(converged) is { } outcome ? FitEndings.Read(Label(groups, outcome), groups) : null,
        };
        RowChecks.Require(rows, numbers);
        return (rows, arguments);
    }

    private static Option<string?> Column(string name, string description) =>
        new(name) { Description = description, HelpName = "COLUMN" };

    private static Option<string> Required(string name, string description) =>
        new(name) { Description = description, HelpName = "COLUMN", Required = true };

    private static string[] List(string? names) =>
        names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>The columns that are compared as texts.</summary>
    private Dataset ReadLabels(DataArguments arguments, ParseResult parse, string[] groups)
    {
        string[] wanted =
            [.. groups.Concat([parse.GetValue(replicate), parse.GetValue(converged)]).OfType<string>().Distinct(StringComparer.Ordinal)];
        return arguments.Read(arguments.Reading with { Columns = wanted, Factors = wanted });
    }

    private Dataset ReadNumbers(DataArguments arguments, ParseResult parse) => arguments.Read(arguments.Reading with
    {
        Columns =
        [
            .. new[] { error, degrees, lower, upper, probability, truth }.Select(parse.GetValue).OfType<string>()
                .Append(parse.GetRequiredValue(estimate)).Distinct(StringComparer.Ordinal),
        ],
        MissingTokens = [.. arguments.Reading.MissingTokens, .. Infinities],
    });

    private static FactorColumn Label(Dataset data, string name) => data.Find(name) as FactorColumn ?? throw data.NoColumn(name);

    private static double[]? NumbersOf(Dataset data, ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } name ? Numbers(data, name, option) : null;

    private static double[] Numbers(Dataset data, string name, Option option) => data.Find(name) switch
    {
        NumericColumn numeric => numeric.Values.ToArray(),
        FactorColumn { Levels.Count: 0 } empty => [.. Enumerable.Repeat(double.NaN, empty.Length)],
        FactorColumn text => throw NotNumeric(data, text, option),
        _ => throw data.NoColumn(name),
    };

    private static InputException NotNumeric(Dataset data, FactorColumn column, Option option)
    {
        var row = 0;
        while (row < column.Length - 1 && (column.Codes[row] < 0 || IsNumber(column.Levels[column.Codes[row]], out _)))
        {
            row++;
        }

        return new InputException($"\"{Suggestion.Short(column.Levels[Math.Max(0, column.Codes[row])])}\" is not a number, and "
            + $"{option.Name} names a column of numbers.")
        {
            File = data.Source,
            Line = data.LineOf(row),
            Row = data.RowOf(row),
            Column = column.Name,
            Hint = "Name another column, or say --na TOKEN if that text means missing.",
        };
    }

    private double[] Truths(Dataset data, string text)
    {
        if (data.Find(text) is null && IsNumber(text, out var number))
        {
            return [.. Enumerable.Repeat(number, data.Rows)];
        }

        if (data.Find(text) is null)
        {
            var missing = data.NoColumn(text);
            throw new InputException($"--truth is neither a number nor a column: {missing.Message}") { Hint = missing.Hint };
        }

        var truths = Numbers(data, text, truth);
        var unknown = Array.FindIndex(truths, double.IsNaN);
        return unknown < 0 ? truths : throw new InputException("The truth of this row is missing.")
        {
            File = data.Source,
            Line = data.LineOf(unknown),
            Row = data.RowOf(unknown),
            Column = text,
            Hint = "Fill it in, or give a number to --truth.",
        };
    }

    /// <summary>Several columns as one: their levels with a space between, without what is missing.</summary>
    private static FactorColumn Joined(FactorColumn[] columns)
    {
        if (columns.Length == 1)
        {
            return columns[0];
        }

        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[columns[0].Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var name = string.Join(
                ' ', columns.Where(column => column.Codes[row] >= 0).Select(column => column.Levels[column.Codes[row]]));
            if (!known.TryGetValue(name, out codes[row]))
            {
                known.Add(name, codes[row] = known.Count);
            }
        }

        return new FactorColumn(string.Join(' ', columns.Select(column => column.Name)), codes, [.. known.Keys]);
    }
}
