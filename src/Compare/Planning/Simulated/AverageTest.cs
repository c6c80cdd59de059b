using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The difference of two arms' averages over its HC2 standard error, by clusters' own means.</summary>
/// <param name="byParticipant">Whether each participant counts once, rather than each cluster.</param>
internal sealed class AverageTest(bool byParticipant) : TrialTest
{
    /// <inheritdoc/>
    public override double Statistic(double[] sizes, double[] sums, bool[] treated)
    {
        var (means, weights) = (new double[sizes.Length], new double[sizes.Length]);
        for (var c = 0; c < sizes.Length; c++)
        {
            means[c] = sums[c] / sizes[c];
            weights[c] = byParticipant ? sizes[c] : 1;
        }

        var statistic = StudentizedDifference.Of(means, weights, treated);
        return double.IsFinite(statistic) ? statistic : double.NaN;
    }
}
