using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Data;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>The options of <c>plan --simulate</c>.</summary>
internal sealed class SimulatedPlanInput
{
    /// <summary>Sizes that stand for a law of sizes.</summary>
    private const int Quantiles = 200;

    private readonly Option<bool> simulate = new("--simulate")
    {
        Description = "Draw the trial as well: the clusters that each estimand needs, its power with --clusters, or with --clusters and "
            + "--power the least effect.",
    };

    private readonly Option<int> trials = new Option<int>("--replicates")
    {
        Description = "The most trials drawn for a number of clusters.",
        HelpName = "N",
        DefaultValueFactory = _ => 4_000,
    }
        .Require(count => count is >= 100 and <= 1_000_000, "has to be from 100 to 1,000,000");

    private readonly Option<ulong> seed = new("--seed")
    {
        Description = "Names the random numbers.",
        HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> threads = OptionRule.Threads();

    /// <summary>All of them, for a group of the command's help.</summary>
    public Option[] All => [simulate, trials, seed, threads];

    /// <summary>Whether the trial is drawn.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(simulate);

    /// <summary>Refuses the options without <c>--simulate</c>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="power">The power wanted, which goes beside a number of clusters only where the trial is drawn.</param>
    /// <param name="clusters">That number.</param>
    public void RefuseIdle(Command command, Option<double?> power, Option<int?> clusters)
    {
        foreach (var option in new Option[] { trials, seed, threads })
        {
            command.HasEffect(option, result => result.GetValue(simulate), "without --simulate, which draws trials");
        }

        command.HasEffect(
            power,
            result => result.GetValue(clusters) is null || result.GetValue(simulate),
            "beside --clusters, for which the power is computed",
            "Leave one of them out, or find the least effect by --simulate.");
    }

    /// <summary>How trials are drawn and tested.</summary>
    public SimulatedPlanOptions Options(ParseResult parse) => new()
    {
        Trials = parse.GetValue(trials),
        Seed = parse.GetValue(seed),
        Threads = parse.GetValue(threads),
    };

    /// <summary>Sizes of clusters, each as probable as the others: a list, one size, or those of a gamma law rounded.</summary>
    /// <param name="list">All sizes; empty where they follow a law.</param>
    /// <param name="mean">Mean size.</param>
    /// <param name="variation">Coefficient of variation.</param>
    public static IReadOnlyList<int> Sizes(IReadOnlyList<int> list, double mean, double variation)
    {
        if (list.Count > 0)
        {
            return list;
        }

        if (variation == 0)
        {
            return mean == Math.Floor(mean)
                ? [(int)mean]
                : throw new InputException($"--size is {mean}; clusters that are drawn have a whole number of rows.")
                {
                    Hint = "Give a whole number, or all sizes by --sizes.",
                };
        }

        var shape = 1 / (variation * variation);
        return [.. Enumerable.Range(0, Quantiles)
            .Select(k => (int)Math.Max(1, Math.Round(Gamma.InvCDF(shape, shape / mean, (k + 0.5) / Quantiles))))];
    }
}
