using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Planning;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>How large the clusters of a plan are: <c>--size</c> with <c>--cv</c>, or <c>--sizes</c>.</summary>
internal sealed class ClusterSizeOptions
{
    /// <summary>More rows than any cluster whose sums are enumerated has.</summary>
    private const int Beyond = ConditionalPlan.LargestCluster + 1;

    private readonly Option<double?> size = new("--size") { Description = "Mean number of rows a cluster.", HelpName = "NUMBER" };
    private readonly Option<double> variation = new("--cv")
    {
        Description = "Coefficient of variation of the cluster sizes.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string?> sizes = new("--sizes")
    {
        Description = "All cluster sizes instead, such as 12,15,40; they are averaged exactly.",
        HelpName = "LIST",
    };

    /// <summary>The options.</summary>
    public Option[] All => [size, variation, sizes];

    /// <summary>Refuses what <c>--sizes</c> leaves without effect.</summary>
    public void RefuseIdle(DocumentedCommand command)
    {
        foreach (var option in new Option[] { size, variation })
        {
            command.HasEffect(option, result => result.GetValue(sizes) is null, "beside --sizes, which says all of them");
        }
    }

    /// <summary>The mean size; null when it was not given.</summary>
    public double? Mean(ParseResult parse) => parse.GetValue(size);

    /// <summary>The average information, the mean size, and the sizes one by one where they are known and can be enumerated.</summary>
    public (double Average, double Mean, IReadOnlyList<int> Each) Read(ParseResult parse, ClusterInformation information)
    {
        if (List(parse) is { } numbers)
        {
            return (information.Average(numbers), numbers.Average(), Enumerable(numbers));
        }

        var mean = Mean(parse) ?? throw new InputException("--size, the mean number of rows a cluster, is missing.");
        var cv = parse.GetValue(variation);
        return mean >= 1 && cv >= 0
            ? (information.Average(mean, cv), mean, cv == 0 && mean == Math.Floor(mean) ? Enumerable([(int)Math.Min(mean, Beyond)]) : [])
            : throw Refusal();
    }

    /// <summary>Rows of a cluster in a period of a stepped wedge, each number as probable as the others.</summary>
    public IReadOnlyList<double> OfPeriods(ParseResult parse)
    {
        if (List(parse) is { } numbers)
        {
            return [.. numbers];
        }

        if (Mean(parse) is not { } mean)
        {
            return [];
        }

        var cv = parse.GetValue(variation);
        return mean < 1 || !(cv >= 0) ? throw Refusal()
            : cv == 0 ? [mean]
            : [.. SimulatedPlanInput.Sizes([], mean, cv)];
    }

    /// <summary>The sizes that the clusters of drawn trials take in turn.</summary>
    public IReadOnlyList<int> Drawn(ParseResult parse) => SimulatedPlanInput.Sizes(
        List(parse) is { } numbers ? Enumerable(numbers) : [], Mean(parse) ?? 0, parse.GetValue(variation));

    /// <summary>The sizes of <c>--sizes</c>; null without it.</summary>
    private List<int>? List(ParseResult parse)
    {
        if (parse.GetValue(sizes) is not { } list)
        {
            return null;
        }

        var numbers = new List<int>();
        foreach (var field in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            numbers.Add(int.TryParse(field, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new InputException($"--sizes cannot read \"{field}\": cluster sizes are whole numbers from 1."));
        }

        return numbers.Count > 0 ? numbers : throw new InputException("--sizes is empty.");
    }

    private static InputException Refusal() => new("--size has to be 1 or more, and --cv 0 or more.");

    private static IReadOnlyList<int> Enumerable(IReadOnlyList<int> numbers) =>
        numbers.Max() <= ConditionalPlan.LargestCluster ? numbers : [];
}
