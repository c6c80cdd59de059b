using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>The working correlation of a fit, cluster by cluster. Immutable.</summary>
internal sealed class FittedCorrelation
{
    private readonly ModelFrame frame;
    private readonly CorrelationEstimate correlation;
    private readonly double[] alpha;
    private readonly int waves;

    /// <summary>Takes the correlation of a fit.</summary>
    /// <param name="frame">The outcomes, one row each.</param>
    /// <param name="correlation">As it was estimated.</param>
    /// <exception cref="InputException">Its structure is not one that trials are made with.</exception>
    public FittedCorrelation(ModelFrame frame, CorrelationEstimate correlation)
    {
        (this.frame, this.correlation) = (frame, correlation);
        alpha = correlation.Alpha.ToArray();
        foreach (var wave in frame.Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        if (correlation.Structure.IsForOrderedOutcomes)
        {
            throw new InputException("Local odds ratios say how two outcomes of a cluster go together, and no law of all of them.")
            {
                Hint = "Keep a fit with --corr exchangeable, independence, ar1 or another structure of correlations.",
            };
        }

        if (correlation.Name is not ("independence" or "exchangeable" or "ar1" or "toeplitz" or "m-dependent" or "unstructured"
            or "decay" or "nested"))
        {
            throw new InputException($"Trials are not made with the working correlation {correlation.Name}.")
            {
                Hint = "Keep a fit with exchangeable, independence, ar1, toeplitz, m-dependent, unstructured, decay or nested.",
            };
        }

        if (alpha.FirstOrDefault(value => !(Math.Abs(value) <= 1)) is var beyond && beyond != 0)
        {
            throw new InputException(FormattableString.Invariant($"The working correlation of the fit has a parameter of {beyond:0.####}, ")
                + "and no outcomes correlate so.")
            {
                Hint = "Keep a fit with fewer correlations to estimate, such as --corr exchangeable.",
            };
        }
    }

    /// <summary>The structure of one cluster's rows.</summary>
    /// <param name="cluster">The cluster, from 0.</param>
    public CorrelationStructure Of(int cluster)
    {
        if (correlation.Name is "independence" or "exchangeable")
        {
            return CorrelationStructure.Exchangeable(alpha.Length == 0 ? 0 : alpha[0]);
        }

        var (start, size) = (frame.Clusters.Start(cluster), frame.Clusters.Size(cluster));
        var pairs = new double[size * (size - 1) / 2];
        for (int i = 0, at = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                pairs[at++] = Between(start + j, start + i);
            }
        }

        return CorrelationStructure.Unstructured(pairs);
    }

    private double Between(int first, int second)
    {
        var lag = Math.Abs(frame.Waves[second] - frame.Waves[first]);
        return correlation.Name switch
        {
            "ar1" => Math.Pow(alpha[0], lag),
            "decay" => Math.Pow(alpha[0], Math.Abs(frame.WaveValues[second] - frame.WaveValues[first])),
            "nested" => alpha[IsSame(first, second) ? 0 : 1],
            "unstructured" => alpha[Index(Math.Min(frame.Waves[first], frame.Waves[second]), lag)],
            _ => lag >= 1 && lag <= alpha.Length ? alpha[lag - 1] : 0,
        };
    }

    private bool IsSame(int first, int second) =>
        frame.Auxiliary(correlation.Structure.AuxiliaryColumn!) switch
        {
            FactorColumn factor => factor.Codes[first] == factor.Codes[second],
            NumericColumn numeric => numeric.Values[first] == numeric.Values[second],
            _ => false,
        };

    /// <summary>The place of a pair of waves among all pairs, (1, 2), (1, 3) and so on.</summary>
    private int Index(int early, int lag) => (early * ((2 * waves) - early - 1) / 2) + lag - 1;
}
