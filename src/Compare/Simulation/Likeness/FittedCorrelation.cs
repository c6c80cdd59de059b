using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>The working correlation of a fit, cluster by cluster. Immutable.</summary>
internal sealed class FittedCorrelation
{
    private readonly GeeFit fit;
    private readonly double[] alpha;
    private readonly int waves;

    /// <summary>Takes the correlation of a fit.</summary>
    /// <exception cref="InputException">Its structure is not one that trials are made with.</exception>
    public FittedCorrelation(GeeFit fit)
    {
        this.fit = fit;
        alpha = fit.Correlation.Alpha.ToArray();
        foreach (var wave in fit.Frame.Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        if (fit.Correlation.Name is not ("independence" or "exchangeable" or "ar1" or "toeplitz" or "m-dependent" or "unstructured"
            or "decay" or "nested"))
        {
            throw new InputException($"Trials are not made with the working correlation {fit.Correlation.Name}.")
            {
                Hint = "Keep a fit with exchangeable, independence, ar1, toeplitz, m-dependent, unstructured, decay or nested.",
            };
        }
    }

    /// <summary>The structure of one cluster's rows.</summary>
    /// <param name="cluster">The cluster, from 0.</param>
    public CorrelationStructure Of(int cluster)
    {
        if (fit.Correlation.Name is "independence" or "exchangeable")
        {
            return CorrelationStructure.Exchangeable(alpha.Length == 0 ? 0 : alpha[0]);
        }

        var (start, size) = (fit.Frame.Clusters.Start(cluster), fit.Frame.Clusters.Size(cluster));
        var pairs = new double[size * (size - 1) / 2];
        for (int i = 0, at = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                pairs[at++] = Between(fit.Frame, start + j, start + i);
            }
        }

        return CorrelationStructure.Unstructured(pairs);
    }

    private double Between(ModelFrame frame, int first, int second)
    {
        var lag = Math.Abs(frame.Waves[second] - frame.Waves[first]);
        return fit.Correlation.Name switch
        {
            "ar1" => Math.Pow(alpha[0], lag),
            "decay" => Math.Pow(alpha[0], Math.Abs(frame.WaveValues[second] - frame.WaveValues[first])),
            "nested" => alpha[IsSame(frame, first, second) ? 0 : 1],
            "unstructured" => alpha[Index(Math.Min(frame.Waves[first], frame.Waves[second]), lag)],
            _ => lag >= 1 && lag <= alpha.Length ? alpha[lag - 1] : 0,
        };
    }

    private bool IsSame(ModelFrame frame, int first, int second) =>
        frame.Auxiliary(fit.Correlation.Structure.AuxiliaryColumn!) switch
        {
            FactorColumn factor => factor.Codes[first] == factor.Codes[second],
            NumericColumn numeric => numeric.Values[first] == numeric.Values[second],
            _ => false,
        };

    /// <summary>The place of a pair of waves among all pairs, (1, 2), (1, 3) and so on.</summary>
    private int Index(int early, int lag) => (early * ((2 * waves) - early - 1) / 2) + lag - 1;
}
