using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Distributions;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>The options of <c>plan --simulate</c>.</summary>
internal sealed class SimulatedPlanInput
{
    /// <summary>Sizes that stand for a law of sizes.</summary>
    private const int Quantiles = 200;

    /// <summary>With more variation nearly all clusters would have one row.</summary>
    private const double LargestVariation = 10;

    /// <summary>Of larger shapes, whose quantiles take ever longer to find, the cube of a normal has all digits that sizes keep.</summary>
    private const double LargeShape = 1e6;

    private readonly Option<bool> simulate = new("--simulate")
    {
        Description = "Draw the trial as well: the clusters that each estimand needs, its power with --clusters, or with --clusters and "
            + "--power the least effect.",
    };

    private readonly Option<string?> study = new("--study")
    {
        Description = "Draw the trial of this study file in place of two arms of clusters: any design and number of arms, covariates, and "
            + "every method of the file with the clusters that it needs.",
        HelpName = "FILE.yaml",
    };

    private readonly Option<int?> trials = new Option<int?>("--replicates")
    {
        Description = "The most trials drawn for a number of clusters; 4,000 unless given, of a study file 1,000.",
        HelpName = "N",
    }
        .Require(count => count is null or >= 100 and <= 1_000_000, "has to be from 100 to 1,000,000");

    private readonly Option<ulong> seed = new("--seed")
    {
        Description = "Names the random numbers; with --study those of the file unless given.",
        HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> threads = OptionRule.Threads();

    /// <summary>All of them, for a group of the command's help.</summary>
    public Option[] All => [simulate, study, trials, seed, threads];

    /// <summary>Whether the trial is drawn.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(simulate);

    /// <summary>The study file of the trial; null where options describe it.</summary>
    public string? Study(ParseResult parse) => parse.GetValue(study);

    /// <summary>Refuses the options without <c>--simulate</c>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="power">The power wanted, which goes beside a number of clusters only where the trial is drawn.</param>
    /// <param name="clusters">That number.</param>
    /// <param name="others">The options that describe a trial, for which a study file has its own words.</param>
    public void RefuseIdle(Command command, Option<double?> power, Option<int?> clusters, IEnumerable<Option> others)
    {
        foreach (var option in others)
        {
            command.HasEffect(
                option, result => result.GetValue(study) is null, "beside --study, whose file describes the trial",
                "Leave it out, and say it in the file.");
        }

        foreach (var option in new Option[] { trials, seed, threads })
        {
            command.HasEffect(
                option, result => result.GetValue(simulate) || result.GetValue(study) is not null,
                "without --simulate or --study, which draw trials");
        }

        command.HasEffect(
            power,
            result => result.GetValue(clusters) is null || result.GetValue(simulate) || result.GetValue(study) is not null,
            "beside --clusters, for which the power is computed",
            "Leave one of them out, or find the least effect by --simulate.");
    }

    /// <summary>How trials are drawn and tested.</summary>
    public SimulatedPlanOptions Options(ParseResult parse) => new()
    {
        Trials = parse.GetValue(trials) ?? (Study(parse) is null ? 4_000 : 1_000),
        Seed = parse.GetValue(seed),
        Threads = parse.GetValue(threads),
    };

    /// <summary>How the trials of a study file are drawn: by its seed unless another is given.</summary>
    public SimulatedPlanOptions Options(ParseResult parse, Study trial) =>
        parse.CommandResult.IsGiven(seed) ? Options(parse) : Options(parse) with { Seed = trial.Seed };

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

        if (variation > LargestVariation)
        {
            throw new InputException(FormattableString.Invariant($"--cv is {variation}; sizes are drawn up to {LargestVariation}."))
            {
                Hint = "Give all sizes by --sizes.",
            };
        }

        var shape = 1 / (variation * variation);
        return [.. Enumerable.Range(0, Quantiles)
            .Select(k => (int)Math.Clamp(Math.Round(mean * Relative(shape, (k + 0.5) / Quantiles)), 1, int.MaxValue))];
    }

    /// <summary>
    /// A quantile of the gamma distribution with mean 1; of large shapes by the cube of a normal (Wilson and Hilferty 1931).
    /// </summary>
    private static double Relative(double shape, double probability) => shape < LargeShape
        ? Gamma.InvCDF(shape, shape, probability)
        : Math.Pow(1 - (1 / (9 * shape)) + (StandardNormal.Quantile(probability) / (3 * Math.Sqrt(shape))), 3);
}
