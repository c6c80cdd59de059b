using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Compare.Simulation.Truths;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>The share of a mechanism's trial that is not seen, exactly, and the intercept that gives a share. Of one thread.</summary>
/// <remarks>
/// Rows that are missing one by one: the mean of the probability over outcomes, effects and covariates of every kind of rows. Dropout,
/// whose share is that of the participants not seen at their last row: given the random effect the outcomes of a participant are
/// independent, so P(seen up to row t, outcome y) follows from that of the row before by a sum over its outcomes; the mean over the
/// effect is a quadrature.
/// </remarks>
internal sealed class MissingShare
{
    /// <summary>Log odds beyond which everything or nothing is missing.</summary>
    private const double Sure = 60;

    private const double Accuracy = 1e-12;

    private const int MostSteps = 200;

    private readonly Mechanism mechanism;
    private readonly Population population;
    private readonly OutcomeGrid grid;

    /// <summary>Prepares the share of a mechanism.</summary>
    public MissingShare(Mechanism mechanism)
    {
        this.mechanism = mechanism;
        population = new Population(mechanism);
        grid = new OutcomeGrid(mechanism);
    }

    /// <summary>Whether the share is known: dropout by outcomes needs them to be independent given the clusters' intercepts.</summary>
    public static bool IsKnown(Mechanism mechanism, LogisticMissingness law) =>
        !law.IsDropout || (law.Previous == 0 && law.Present == 0) || mechanism is
        {
            Variation.IsNone: true,
            SizeDependence.IsNone: true,
            Covariates.Count: 0,
            Generation: null,
        };

    /// <summary>The share that is missing.</summary>
    /// <param name="law">The law.</param>
    /// <param name="treated">Of the treated or of the controls; null for all.</param>
    public double Of(LogisticMissingness law, bool? treated = null) => law.IsDropout ? Dropout(law, treated) : Rows(law, treated);

    /// <summary>The law with the intercept, and if asked the effect of the treatment, that give the shares.</summary>
    /// <param name="law">The law with its other coefficients.</param>
    /// <param name="share">Of all, or of the controls when that of the treated is given; strictly between 0 and 1.</param>
    /// <param name="shareTreated">Of the treated; null to leave the law's effect of the treatment.</param>
    public LogisticMissingness Solve(LogisticMissingness law, double share, double? shareTreated)
    {
        var intercept = Root(alpha => Of(law with { Intercept = alpha }, shareTreated is null ? null : false) - share);
        var solved = law with { Intercept = intercept };
        return shareTreated is null
            ? solved
            : solved with { Treated = Root(beta => Of(solved with { Treated = beta }, treated: true) - shareTreated.Value) };
    }

    private static double Root(Func<double, double> excess) => Brent.FindRoot(excess, -Sure, Sure, Accuracy, MostSteps);

    private double Rows(LogisticMissingness law, bool? treated)
    {
        var (sum, total) = (0.0, 0.0);
        foreach (var place in population.Places)
        {
            var isTreated = population.IsTreated(place);
            if (treated is not null && treated != isTreated)
            {
                continue;
            }

            var eta = population.Observed(place);
            total += place.Participants;
            sum += place.Participants * (law.Present == 0
                ? law.Probability(isTreated, 0, 0)
                : population.Everything(place, isTreated).Expect(b => grid.Expect(eta + b, y => law.Probability(isTreated, 0, y))));
        }

        return sum / total;
    }

    private double Dropout(LogisticMissingness law, bool? treated)
    {
        var design = mechanism.Design;
        var size = mechanism.Size.Fixed ?? throw new InvalidOperationException("Dropout needs participants with as many rows each.");
        var shares = new double[design.Sequences];
        for (var c = 0; c < mechanism.Clusters; c++)
        {
            shares[design.Sequence(c)]++;
        }

        var (sum, total) = (0.0, 0.0);
        for (var sequence = 0; sequence < shares.Length; sequence++)
        {
            if (treated is null || treated == design.Treatment(sequence, 0, size) > 0)
            {
                total += shares[sequence];
                sum += shares[sequence] * Leaving(law, sequence, size);
            }
        }

        return sum / total;
    }

    /// <summary>The probability that a participant of a sequence is not seen at the last row.</summary>
    private double Leaving(LogisticMissingness law, int sequence, int size)
    {
        var eta = new double[size];
        var treated = new bool[size];
        for (var row = 0; row < size; row++)
        {
            eta[row] = TrialLayout.PredictorOf(mechanism, sequence, row, size);
            treated[row] = mechanism.Design.Treatment(sequence, row, size) > 0;
        }

        if (law.Previous == 0 && law.Present == 0)
        {
            return 1 - Enumerable.Range(1, size - 1).Aggregate(1.0, (stay, row) => stay * (1 - law.Probability(treated[row], 0, 0)));
        }

        return mechanism.EffectOf(sequence).Nodes().Expect(b => 1 - Staying(law, eta, treated, b));
    }

    private double Staying(LogisticMissingness law, double[] eta, bool[] treated, double effect)
    {
        var (outcomes, seen) = grid.At(eta[0] + effect);
        for (var row = 1; row < eta.Length; row++)
        {
            var (next, chances) = grid.At(eta[row] + effect);
            var stays = new double[next.Length];
            for (var j = 0; j < next.Length; j++)
            {
                var stay = 0.0;
                for (var i = 0; i < outcomes.Length; i++)
                {
                    stay += seen[i] * (1 - law.Probability(treated[row], outcomes[i], next[j]));
                }

                stays[j] = stay * chances[j];
            }

            (outcomes, seen) = (next, stays);
        }

        return seen.Sum();
    }
}
