using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>Small clustered data sets made from a seed, with any number of random effects and levels.</summary>
internal static class SyntheticFrames
{
    /// <summary>A frame with an intercept and two covariates; <paramref name="effects"/> random effects on the finest level.</summary>
    /// <param name="seed">The stream.</param>
    /// <param name="family">Decides the outcome.</param>
    /// <param name="groups">Groups at each level: {10} or {5, 3} for three in each of five.</param>
    /// <param name="size">Rows in each of the finest groups, at most.</param>
    /// <param name="effects">1 intercept, 2 adds x, 3 adds w; on the coarsest level.</param>
    /// <param name="deviation">Standard deviation of every effect.</param>
    /// <param name="correlated">Whether the effects of the coarsest level may be correlated.</param>
    /// <param name="repeats">Whether x takes the values −1 and 1 only, so that rows and groups repeat.</param>
    public static ModelFrame Make(
        int seed,
        Family family,
        int[] groups,
        int size = 6,
        int effects = 1,
        double deviation = 1,
        bool correlated = true,
        bool repeats = false)
    {
        var stream = new RandomStream((ulong)seed, 0, 0);
        var x = new List<double>();
        var w = new List<double>();
        var levelGroups = groups.Select(_ => new List<int>()).ToArray();
        var values = new List<double>();
        var offsets = new List<int> { 0 };
        var counts = new int[groups.Length];
        Grow(0, 0, []);
        var n = x.Count;
        var design = new double[3 * n];
        for (var i = 0; i < n; i++)
        {
            (design[i], design[n + i], design[(2 * n) + i]) = (1, x[i], w[i]);
        }

        var terms = new List<RandomTermDesign>();
        for (var l = 0; l < groups.Length; l++)
        {
            var q = l == 0 ? effects : 1;
            string[] names = ["(Intercept)", "x", "w"];
            terms.Add(new RandomTermDesign(
                $"g{l}",
                [.. levelGroups[l]],
                counts[l],
                g => $"{g}",
                names[..q],
                design[..(q * n)],
                correlated));
        }

        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "x", "w"], design, ["(Intercept)", "x", "w"]),
            [.. values],
            new Clusters("g0", [.. offsets], g => $"{g}"))
        {
            RandomTerms = terms,
        };

        void Grow(int level, double effect, double[] slopes)
        {
            for (var g = 0; g < groups[level]; g++)
            {
                var own = effect + (deviation * stream.NextNormal());
                double[] ownSlopes = level == 0 ? [deviation * stream.NextNormal(), deviation * stream.NextNormal()] : slopes;
                if (level + 1 < groups.Length)
                {
                    Grow(level + 1, own, ownSlopes);
                }
                else
                {
                    var rows = Math.Max(1, size - (int)(3 * stream.NextUniform()));
                    for (var i = 0; i < rows; i++)
                    {
                        Row(own, ownSlopes);
                    }
                }

                counts[level]++;
                if (level == 0)
                {
                    offsets.Add(x.Count);
                }
            }
        }

        void Row(double own, double[] slopes)
        {
            var normal = stream.NextNormal();
            x.Add(repeats ? Math.CopySign(1, normal) : Math.Round(normal, 2));
            w.Add(stream.NextUniform() < 0.5 ? 0 : 1);
            for (var l = 0; l < groups.Length; l++)
            {
                levelGroups[l].Add(counts[l]);
            }

            var eta = 0.2 + (0.5 * x[^1]) - (0.3 * w[^1]) + own + (effects > 1
                ? slopes[0] * x[^1]
                : 0) + (effects > 2 ? slopes[1] * w[^1] : 0);
            values.Add(Outcome(stream, family, eta));
        }
    }

    private static double Outcome(RandomStream stream, Family family, double eta) => family.Name switch
    {
        "binomial" => stream.NextUniform() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0,
        "poisson" => stream.NextPoisson(Math.Exp(Math.Min(3, 0.5 * eta))),
        "negative-binomial" => stream.NextNegativeBinomial(Math.Exp(Math.Min(3, 0.5 * eta)), 2),
        "gamma" or "inverse-gaussian" => stream.NextGamma(2) * Math.Exp(0.5 * eta) / 2,
        _ => eta + (0.7 * stream.NextNormal()),
    };
}
