using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Linear predictors of a cluster's rows where the covariates are as far apart as they come.</summary>
internal static class CovariateEnds
{
    /// <summary>Values beyond which no cluster is looked at have this probability on either side.</summary>
    public const double Beyond = 1e-9;

    /// <summary>What is said of them.</summary>
    public const string Sentence =
        "The means are those at the ends of what the covariates reach: two-point covariates, or smaller slopes, reach less far.";

    /// <summary>Every row at one end, rows by turns, and halves, each at both ends of the clusters' covariates.</summary>
    public static IEnumerable<double[]> Predictors(Mechanism mechanism, int sequence, int size)
    {
        var ends = mechanism.Covariates.Select(covariate => Ends(covariate.Law)).ToArray();
        foreach (var clusterHigh in new[] { false, true })
        {
            foreach (var isHigh in new Func<int, bool>[] { _ => false, _ => true, k => k % 2 == 0, k => k % 2 == 1, k => 2 * k < size })
            {
                yield return [.. Enumerable.Range(0, size).Select(row =>
                    TrialLayout.PredictorOf(mechanism, sequence, row, size) + Gain(row, isHigh, clusterHigh))];
            }
        }

        double Gain(int row, Func<int, bool> isHigh, bool clusterHigh)
        {
            var treated = mechanism.Design.Treatment(sequence, row, size) > 0;
            return mechanism.Covariates.Select((covariate, k) =>
            {
                var high = covariate.Level == CovariateLevel.Cluster ? clusterHigh : isHigh(mechanism.Design.Person(row, size));
                return covariate.SlopeOf(treated) * (high ? ends[k].Most : ends[k].Least);
            }).Sum();
        }
    }

    /// <summary>Where a law ends, or what it all but never passes.</summary>
    public static (double Least, double Most) Ends(IEffectLaw law)
    {
        var (low, high) = (law.Least, law.Most);
        if (double.IsFinite(low) && double.IsFinite(high))
        {
            return (low, high);
        }

        double[] reached = law is EffectLaw known
            ? [known.Quantile(Beyond), known.Quantile(1 - Beyond)]
            : law.Nodes().Points.ToArray();
        return (double.IsFinite(low) ? low : reached.Min(), double.IsFinite(high) ? high : reached.Max());
    }
}
