using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Curves;

/// <summary>Effects of clusters spread evenly over their fitted normal distribution, and what they add to a predictor.</summary>
internal static class EffectSamples
{
    /// <summary>Effects of all terms one after another, for as many clusters as asked for.</summary>
    /// <remarks>
    /// Of one effect the quantiles at (k − ½)/K; of several the points of an additive recurrence with the powers of 1/φ_d, the root of
    /// x^(d+1) = x + 1, which fill the unit cube evenly, taken through normal quantiles and a factor of the covariance.
    /// </remarks>
    public static double[][] Of(GlmmFit fit, int count)
    {
        var dimension = fit.RandomEffects.Sum(term => term.Dimension);
        var root = 2.0;
        for (var k = 0; k < 60; k++)
        {
            root = Math.Pow(1 + root, 1.0 / (dimension + 1));
        }

        var samples = new double[count][];
        for (var k = 0; k < count; k++)
        {
            var sample = new double[dimension];
            for (var d = 0; d < dimension; d++)
            {
                var share = dimension == 1 ? (k + 0.5) / count : (0.5 + ((k + 1) * Math.Pow(root, -(d + 1)))) % 1;
                sample[d] = StandardNormal.Quantile(share);
            }

            samples[k] = sample;
            var first = 0;
            foreach (var term in fit.RandomEffects)
            {
                var factor = term.Covariance.ToArray();
                Cholesky.FactorSemidefinite(factor, term.Dimension);
                var scores = sample.AsSpan(first, term.Dimension).ToArray();
                for (var a = 0; a < term.Dimension; a++)
                {
                    sample[first + a] = 0;
                    for (var b = 0; b <= a; b++)
                    {
                        sample[first + a] += factor[(a * term.Dimension) + b] * scores[b];
                    }
                }

                first += term.Dimension;
            }
        }

        return samples;
    }

    /// <summary>What each effect is multiplied by: the entry of the design's row that has its name; 0 for one without.</summary>
    public static double[] Loadings(GlmmFit fit, double[] row)
    {
        var names = fit.Frame.Design.Names;
        return
        [
            .. fit.RandomEffects.SelectMany(term => term.Names).Select(name =>
                name == Data.Coding.DesignMatrix.InterceptName ? 1
                : Enumerable.Range(0, names.Count).Where(j => names[j] == name).Select(j => row[j]).FirstOrDefault()),
        ];
    }

    /// <summary>What a cluster's effects add to the predictor.</summary>
    public static double Shift(double[] effects, double[] loadings)
    {
        var shift = 0.0;
        for (var d = 0; d < effects.Length; d++)
        {
            shift += effects[d] * loadings[d];
        }

        return shift;
    }

    /// <summary>The standard deviation of what they add, all terms together.</summary>
    public static double Spread(GlmmFit fit, double[] loadings)
    {
        var (variance, first) = (0.0, 0);
        foreach (var term in fit.RandomEffects)
        {
            variance += term.Variance(loadings.AsSpan(first, term.Dimension));
            first += term.Dimension;
        }

        return Math.Sqrt(variance);
    }
}
