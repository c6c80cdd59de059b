using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>How persons or clusters were randomized, and when a trial is one by person.</summary>
internal sealed class RandomizationOptions
{
    private readonly Option<string?> strata = new("--strata")
    {
        Description = "The columns whose combinations were the strata of the randomization, such as center,sex.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> randomization = Choice.Optional(
        "--randomization",
        "How persons were randomized within the strata; simple unless given.",
        [.. Randomization.All.Select(choice => choice.Name)]);

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [strata, randomization, Permutations];

    /// <summary>How many assignments a permutation test draws.</summary>
    public Option<int?> Permutations { get; } = new Option<int?>("--permutations")
    {
        Description = "Assignments drawn by the permutation test, where there are too many to try all; 10,000 by default.",
        HelpName = "N",
    }.Require(count => count is null or (> 0 and <= 100_000_000), "has to be between 1 and 100,000,000");

    /// <summary>The number of assignments that was asked for; null for the default.</summary>
    public int? Assignments(ParseResult parse) => parse.GetValue(Permutations);

    /// <summary>The request with the strata among its groupings.</summary>
    public FrameRequest Apply(ParseResult parse, FrameRequest request) =>
        request with { AuxiliaryGroupings = [.. request.AuxiliaryGroupings, .. Groupings(parse)] };

    /// <summary>The one grouping that all columns of strata make together; none without them.</summary>
    public IReadOnlyList<string> Groupings(ParseResult parse) =>
        Columns(parse) is { Count: > 0 } columns ? [string.Join(':', columns)] : [];

    /// <summary>The options with what was asked for.</summary>
    /// <exception cref="InputException">A way of randomizing within strata, but no strata.</exception>
    public PersonOptions Apply(ParseResult parse, PersonOptions options)
    {
        var columns = Columns(parse);
        var chosen = Randomization.TryParse(parse.GetValue(randomization), out var named) ? named : Randomization.Simple;
        return columns.Count > 0 || chosen == Randomization.Simple
            ? options with { Strata = columns, Randomization = chosen }
            : throw new InputException($"--randomization {chosen} needs --strata, the columns within which it was done.");
    }

    /// <summary>Refuses a way of randomizing persons in a trial by cluster.</summary>
    public void RefusePersons(ParseResult parse)
    {
        if (parse.GetResult(randomization) is { Implicit: false })
        {
            throw new InputException($"{randomization.Name} is for trials randomized by person, and the rows are in clusters.")
            {
                Hint = "Leave it out, or leave out --cluster.",
            };
        }
    }

    /// <summary>Refuses what has no effect without clusters.</summary>
    public static void RefuseClusterOptions(ParseResult parse, IReadOnlyList<Option> options)
    {
        foreach (var option in options.Where(option => parse.GetResult(option) is { Implicit: false }))
        {
            throw new InputException($"{option.Name} has no effect in a trial randomized by person, which has no clusters.")
            {
                Hint = "Say which rows belong together with --cluster, or leave it out.",
            };
        }
    }

    /// <summary>
    /// Whether every cluster has one row of an outcome whose variance its mean leaves open, or that is 0 or 1: then nothing tells how
    /// clusters differ. A row of several trials, or a count, does tell it.
    /// </summary>
    public static bool HidesSpread(ModelFrame frame, Family family) => frame.Clusters.MaximumSize == 1
        && !(family == Family.Poisson || (family == Family.Binomial && (HasMany(frame.Trials) || HasMany(frame.Weights))));

    /// <summary>The sentence about it.</summary>
    public static string HiddenSpread(ModelFrame frame) =>
        $"{frame.Clusters.Name} has one row in each of its {Figures.Count(frame.Clusters.Count)} clusters: how much clusters differ "
        + "(\u03C3) cannot be known from one row a cluster, and no effect for one of them can be told from the others. The trial is taken "
        + "as randomized by person.";

    private static bool HasMany(ReadOnlySpan<double> counts) => counts.ContainsAnyInRange(Math.BitIncrement(1), double.PositiveInfinity);

    private List<string> Columns(ParseResult parse) =>
    [
        .. (parse.GetValue(strata) ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal),
    ];
}
