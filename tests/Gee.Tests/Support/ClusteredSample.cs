using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>A small clustered data set made from a seed: unequal clusters, gaps in the waves, optional weights and offset.</summary>
internal sealed record ClusteredSample(ModelFrame Frame, Family Family, Link Link)
{
    public static ClusteredSample Create(int seed, Family family, Link? link = null, bool weighted = false, bool withOffset = false, int clusters = 40, int waves = 5, double keep = 0.75)
    {
        var random = new Sequence(seed);
        var offsets = new List<int> { 0 };
        var waveOf = new List<int>();
        for (var i = 0; i < clusters; i++)
        {
            var before = waveOf.Count;
            for (var wave = 0; wave < waves; wave++)
            {
                if (random.Uniform() < keep)
                {
                    waveOf.Add(wave);
                }
            }

            if (waveOf.Count == before)
            {
                waveOf.Add(0);
            }

            offsets.Add(waveOf.Count);
        }

        var n = waveOf.Count;
        var x = new double[3 * n];
        var response = new double[n];
        for (var i = 0; i < clusters; i++)
        {
            var effect = random.Normal();
            var arm = i % 2;
            for (var row = offsets[i]; row < offsets[i + 1]; row++)
            {
                x[row] = 1;
                x[n + row] = arm;
                x[(2 * n) + row] = random.Normal();
                var eta = -0.3 + (0.5 * arm) + (0.4 * x[(2 * n) + row]) + (0.7 * effect);
                response[row] = Draw(family, eta, random);
            }
        }

        return new ClusteredSample(
            new ModelFrame(
                new DesignMatrix(n, ["(Intercept)", "arm", "x"], x, ["(Intercept)", "arm", "x"]),
                response,
                new Clusters("id", [.. offsets], i => $"c{i + 1}"))
            {
                WavesArray = [.. waveOf],
                WaveValuesArray = [.. waveOf.Select(wave => (double)wave)],
                WeightsArray = weighted ? [.. Enumerable.Range(0, n).Select(_ => 0.5 + random.Uniform())] : [],
                OffsetArray = withOffset ? [.. Enumerable.Range(0, n).Select(_ => 0.4 * random.Normal())] : [],
            },
            family,
            link ?? family.DefaultLink);
    }

    public GeeOptions Options(Correlation.WorkingCorrelation correlation, MomentConvention? moments = null) =>
        new() { Family = Family, Link = Link, Correlation = correlation, Moments = moments ?? MomentConvention.LiangZeger, Threads = 1 };

    private static double Draw(Family family, double eta, Sequence random)
    {
        if (family == Family.Binomial)
        {
            return random.Uniform() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }

        if (family == Family.Gaussian)
        {
            return eta + random.Normal();
        }

        if (family == Family.Gamma || family == Family.InverseGaussian)
        {
            return Math.Exp(eta + (0.5 * random.Normal()));
        }

        var (limit, count, product) = (Math.Exp(-Math.Exp(eta)), 0, random.Uniform());
        for (; product > limit; count++)
        {
            product *= random.Uniform();
        }

        return count;
    }
}
