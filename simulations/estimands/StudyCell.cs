using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Informative;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Simulations.Estimands;

/// <summary>One cell of the study: a mechanism, the model that is fitted, and which rows are recorded. Immutable.</summary>
/// <param name="Name">As the results call it.</param>
/// <param name="Stream">The random numbers' name: cells of one name analyse the same trials.</param>
/// <param name="Trial">The mechanism.</param>
/// <param name="Formula">The working model.</param>
/// <param name="Tables">Whether the rows beside the ladder are recorded too.</param>
internal sealed record StudyCell(string Name, ulong Stream, InformativeTrial Trial, string Formula, bool Tables)
{
    private const ulong Seed = 20261126;

    /// <summary>From how many clusters leave-one-out errors are those in closed form, which are the same to three digits.</summary>
    private const int ManyClusters = 100;

    private const string Additive = "y ~ arm + x + (1 | id)";

    private const string BySize = "y ~ arm * large + x + (1 | id)";

    /// <summary>The cells that ask for coverage.</summary>
    public static IEnumerable<StudyCell> Coverage()
    {
        foreach (var clusters in new[] { 30, 100 })
        {
            yield return new StudyCell("size not informative, model right", Name(clusters), WithEffect(clusters), Additive, false);
            yield return new StudyCell("size informative, model right", Name(clusters) + 1, Informative(clusters), BySize, false);
        }

        static ulong Name(int clusters) => 10 * (ulong)clusters;

        static InformativeTrial WithEffect(int clusters) => new() { Clusters = clusters, Effect = 0.8, Slope = 0.8, Spread = 0.7 };

        static InformativeTrial Informative(int clusters) => WithEffect(clusters) with { Surplus = -0.7 };
    }

    /// <summary>The cells that ask for type I errors.</summary>
    public static IEnumerable<StudyCell> NoEffect() => new[] { 8, 12, 20 }.Select(clusters => new StudyCell(
        "no effect", (ulong)clusters, new InformativeTrial { Clusters = clusters, Slope = 0.5, Spread = 0.6 }, Additive, true));

    /// <summary>The rows of one replicate; empty when a fit failed or does not survive the loss of a cluster.</summary>
    public IReadOnlyList<LadderAnswer> Analyse(int replicate)
    {
        var frame = Trial.Draw(new RandomStream(Seed, Stream, (ulong)replicate), Formula);
        if (frame.Design.Columns < (Formula == BySize ? 5 : 3))
        {
            return [];
        }

        var comparison = ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            CheckReasons = false,
            MarginalLikelihood = Tables,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Binomial, CheckNodes = false, Threads = 1 },
            Permutations = 999,
            StandardizedErrors = Trial.Clusters < ManyClusters ? StandardizedErrors.OneStep : StandardizedErrors.Closed,
        });
        LadderAnswer[] ladder = [.. LadderAnswer.OfLadder(comparison)];
        if (!comparison.Convergence.Converged || ladder.Any(answer => double.IsNaN(answer.Inference.StandardError)))
        {
            return [];
        }

        return Tables ? [.. ladder, .. LadderAnswer.OfTables(comparison)] : ladder;
    }
}
