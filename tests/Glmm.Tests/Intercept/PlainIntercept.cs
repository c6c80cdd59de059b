using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Intercept;

/// <summary>The slow twin: one cluster's likelihood by Simpson's rule over the intercept, densities in their textbook form.</summary>
internal static class PlainIntercept
{
    /// <summary>Clusters of given sizes with p covariates, offsets and weights; counts, or 0 and 1.</summary>
    public static ModelFrame Frame(ulong seed, int columns, bool counts, params int[] sizes)
    {
        var random = new RandomStream(seed, 2, 5);
        var n = sizes.Sum();
        double[] x = [.. Enumerable.Repeat(1.0, n), .. Enumerable.Range(0, n * (columns - 1)).Select(_ => 3 + (2 * random.NextNormal()))];
        string[] names = [DesignMatrix.InterceptName, .. Enumerable.Range(1, columns - 1).Select(j => $"x{j}")];
        int[] offsets = [0, .. sizes.Select((_, c) => sizes.Take(c + 1).Sum())];
        double[] response = [.. Enumerable.Range(0, n).Select(_ => counts ? random.NextPoisson(1.5) : random.NextBernoulli(0.4))];
        return new ModelFrame(
            new DesignMatrix(n, names, x, names),
            response,
            new Clusters("id", offsets, c => $"{c}"))
        {
            Offset = Enumerable.Range(0, n).Select(_ => 0.3 * random.NextNormal()).ToArray(),
            Weights = Enumerable.Range(0, n).Select(_ => 1.0 + (int)(2 * random.NextUniform())).ToArray(),
        };
    }

    /// <summary>log ∫ ∏ f(yᵢ | Δᵢ + b) f(b; σ) db of a cluster.</summary>
    public static double Log(
        ModelFrame frame, int cluster, Family family, Link link, InterceptLaw law, bool isMarginal, double[] beta, double sigma)
    {
        var rows = Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).ToArray();
        var delta = rows.Select(i =>
        {
            var m = frame.Offset[i] + Enumerable.Range(0, beta.Length).Sum(j => frame.Design.Column(j)[i] * beta[j]);
            return isMarginal ? MarginalMean.For(link).Invert(m, sigma) : m;
        }).ToArray();
        if (law == InterceptLaw.TwoPoints)
        {
            return Math.Log((Math.Exp(Given(sigma)) + Math.Exp(Given(-sigma))) / 2);
        }

        // b = sinh s: the tails of all laws fit into a short range.
        const int Panels = 4000;
        var sum = 0.0;
        for (var k = 0; k <= Panels; k++)
        {
            var s = -7 + (14.0 * k / Panels);
            var b = Math.Sinh(s);
            sum += (k is 0 or Panels ? 1 : k % 2 == 1 ? 4 : 2) * Density(law, b, sigma) * Math.Cosh(s) * Math.Exp(Given(b));
        }

        return Math.Log(sum * 14 / Panels / 3);

        double Given(double b) => rows.Select((i, r) =>
        {
            var mean = link.Mean(delta[r] + b);
            var y = frame.Response[i];
            return frame.Weights[i] * (family == Family.Poisson
                ? (y * Math.Log(mean)) - mean - Enumerable.Range(1, (int)y).Sum(k => Math.Log(k))
                : Math.Log(y == 1 ? mean : link.Mean(delta[r] + b) is var p && p < 1 ? 1 - p : double.Epsilon));
        }).Sum();
    }

    public static double Density(InterceptLaw law, double b, double sigma)
    {
        var u = b / sigma;
        return law == InterceptLaw.Normal ? Math.Exp(-0.5 * u * u) / Math.Sqrt(2 * Math.PI) / sigma
            : law == InterceptLaw.StudentT5 ? 8 / (3 * Math.PI * Math.Sqrt(3)) / Math.Pow(1 + (u * u / 3), 3) / sigma
            : BridgeDistribution.WithStandardDeviation(sigma).Density(b);
    }
}
