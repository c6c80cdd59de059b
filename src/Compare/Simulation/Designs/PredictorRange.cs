using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>How far the linear predictors of a mechanism reach.</summary>
internal static class PredictorRange
{
    /// <summary>The linear predictors under which the outcome has a distribution.</summary>
    public static (double Least, double Most) Allowed(Family family, Link link) =>
        family == Family.Binomial && link == Link.Identity ? (0, 1)
        : family == Family.Binomial && link == Link.Log ? (double.NegativeInfinity, 0)
        : family == Family.Poisson && link == Link.Identity ? (0, double.PositiveInfinity)
        : (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The lowest and the highest linear predictor, over everything that is random and every treatment.</summary>
    public static (double Lowest, double Highest) Of(Mechanism mechanism)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var size in Sizes(mechanism))
        {
            for (var sequence = 0; sequence < mechanism.Design.Sequences; sequence++)
            {
                for (var row = 0; row < size; row++)
                {
                    var (low, high) = Row(mechanism, sequence, row, size);
                    lowest = Math.Min(lowest, low);
                    highest = Math.Max(highest, high);
                }
            }
        }

        return (lowest, highest);
    }

    /// <summary>The sizes to look at: the smallest and the largest.</summary>
    private static IEnumerable<int> Sizes(Mechanism mechanism)
    {
        var probabilities = mechanism.Size.Probabilities();
        if (probabilities.Count == 0)
        {
            return [Math.Max(1, (int)Math.Min(mechanism.Size.Mean, 10_000))];
        }

        var first = 1;
        while (probabilities[first - 1] == 0)
        {
            first++;
        }

        return [first, probabilities.Count];
    }

    private static (double Low, double High) Row(Mechanism mechanism, int sequence, int row, int size)
    {
        var treatment = mechanism.Design.Treatment(sequence, row, size);
        var eta = TrialLayout.PredictorOf(mechanism, sequence, row, size);
        var law = mechanism.EffectOf(sequence);
        var (low, high) = mechanism.Variation.IsNone
            ? (eta + law.Least, eta + law.Most)
            : (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var covariate in mechanism.Covariates)
        {
            var slope = covariate.SlopeOf(treatment > 0);
            var (one, other) = slope == 0 ? (0, 0) : (slope * covariate.Law.Least, slope * covariate.Law.Most);
            low += Math.Min(one, other);
            high += Math.Max(one, other);
        }

        return (low, high);
    }
}
